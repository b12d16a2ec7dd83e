using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookHost;

/// <summary>An exception told in the cells' own lines: <c>In[3]: line 7</c>, without the frames of the compiler and the host.</summary>
internal static partial class CellTrace
{
    private static readonly string[] _hidden =
    [
        "Microsoft.CodeAnalysis.Scripting.", "NotebookHost.", "System.Runtime.CompilerServices.", "System.Runtime.ExceptionServices.",
        "System.Threading.ExecutionContext.", "System.Threading.Tasks.Task.ExecuteWithThreadLocal", "System.Threading.Tasks.Task.ThrowIfExceptional",
    ];

    public static CellError Describe(Exception exception, int cell)
    {
        var lines = new List<string>();
        int? line = null;
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            lines.Add($"{(ReferenceEquals(current, exception) ? "" : "---> ")}{current.GetType()}: {current.Message}");
            foreach (Match frame in Frames(current))
            {
                lines.Add($"   at {Show(frame)}");
                line ??= LineIn(frame, cell);
            }
        }

        return new CellError(exception.GetType().Name, exception.Message, line, lines);
    }

    private static IEnumerable<Match> Frames(Exception exception) => (exception.StackTrace ?? "").Split('\n')
        .Select(text => FramePattern().Match(text.TrimEnd()))
        .Where(frame => frame.Success && !_hidden.Any(prefix => frame.Groups["method"].Value.StartsWith(prefix, StringComparison.Ordinal)));

    private static string Show(Match frame)
    {
        string method = SubmissionPattern().Replace(frame.Groups["method"].Value, "");
        if (!frame.Groups["file"].Success)
            return method;
        string place = $"{frame.Groups["file"].Value}: line {frame.Groups["line"].Value}";
        // The body of a cell is a method whose name only the compiler knows.
        return method.Contains("<<Initialize>>", StringComparison.Ordinal) ? place : $"{method} in {place}";
    }

    private static int? LineIn(Match frame, int cell) =>
        string.Equals(frame.Groups["file"].Value, $"In[{cell}]", StringComparison.Ordinal)
            ? int.Parse(frame.Groups["line"].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"^\s+at (?<method>.+?)(?: in (?<file>.+):line (?<line>\d+))?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FramePattern();

    [GeneratedRegex(@"^Submission#\d+\.", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SubmissionPattern();
}
