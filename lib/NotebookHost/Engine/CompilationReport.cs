using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost;

/// <summary>What the compiler has against a cell: each error with its line, the source and a caret under the place.</summary>
internal static class CompilationReport
{
    public const string ErrorName = "CompilationError";

    public static CellError Describe(ImmutableArray<Diagnostic> diagnostics, string code, int cell)
    {
        Diagnostic[] errors = [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => d.Location.SourceSpan.Start)];
        SourceText source = SourceText.From(code);
        var lines = new List<string>();
        foreach (Diagnostic error in errors)
            AddLines(lines, error, source, cell);
        return new CellError(ErrorName, Message(errors[0]), Line(errors[0]), lines);
    }

    private static void AddLines(List<string> lines, Diagnostic error, SourceText source, int cell)
    {
        if (Line(error) is not { } line)
        {
            lines.Add($"In[{cell}]: {Message(error)}");
            return;
        }

        int column = error.Location.GetLineSpan().StartLinePosition.Character;
        lines.Add($"In[{cell}]: line {line}, column {column + 1}: {Message(error)}");
        string text = source.Lines[line - 1].ToString();
        lines.Add("    " + text);
        lines.Add("    " + new string([.. text.Take(column).Select(c => c == '\t' ? '\t' : ' ')]) + "^");
    }

    private static string Message(Diagnostic error) => $"{error.Id}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";

    private static int? Line(Diagnostic error) => error.Location.IsInSource ? error.Location.GetLineSpan().StartLinePosition.Line + 1 : null;
}
