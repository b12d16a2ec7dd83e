using Spectre.Console;

namespace NotebookHost;

/// <summary>For a terminal: states in colour, long lines wrapped in their column.</summary>
internal sealed class DoctorTable(IAnsiConsole console) : IDoctorReport
{
    private const int StateWidth = 8;

    public void Write(string subject, CheckResult result)
    {
        string remedy = result.Remedy.Length > 0 ? $"\n[{Colour(result.State)}]>[/] {Markup.Escape(result.Remedy)}" : "";
        // A grid for each line, so that it stands there as soon as it is known.
        console.Write(new Grid()
            .AddColumn(new GridColumn().Width(StateWidth))
            .AddColumn(new GridColumn().Width(CheckText.SubjectWidth))
            .AddColumn()
            .AddRow($"[{Colour(result.State)}]{CheckText.State(result.State)}[/]", $"[bold]{Markup.Escape(subject)}[/]", Markup.Escape(result.Meaning) + remedy));
    }

    public void End(CheckState worst, string summary) => console.MarkupLine($"\n[{Colour(worst)}]{Markup.Escape(summary)}[/]");

    private static string Colour(CheckState state) => state switch
    {
        CheckState.Ok => "green",
        CheckState.Warning => "yellow",
        _ => "red",
    };
}
