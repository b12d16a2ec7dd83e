using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.QuickInfo;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost;

/// <summary>Completions and descriptions while a cell is being written, by the compiler's own services: they know what earlier cells declared.</summary>
internal sealed class CellAssistant : IDisposable
{
    private static readonly CSharpParseOptions _parse = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    // Made when first asked for: it takes a second, and most notebooks are run and not written.
    private readonly Lazy<AdhocWorkspace> _workspace = new(() => new AdhocWorkspace(MefHostServices.DefaultHost));
    private readonly Lock _lock = new();
    private readonly List<string> _cells = [];
    private readonly ScriptOptions _script;
    private readonly CSharpCompilationOptions _options;
    private ProjectId? _last;
    private int _known;

    /// <param name="script">How cells are compiled.</param>
    public CellAssistant(ScriptOptions script)
    {
        _script = script;
        _options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, scriptClassName: "Script", usings: script.Imports, metadataReferenceResolver: script.MetadataResolver, sourceReferenceResolver: script.SourceResolver);
    }

    /// <summary>Whether some code can run as it is.</summary>
    public static Completeness CompletenessOf(string code)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(code, _parse);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return Completeness.Incomplete;
        return tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? Completeness.Invalid : Completeness.Complete;
    }

    /// <summary>A cell that has run: later ones see what it declares.</summary>
    public void Add(string code)
    {
        lock (_lock)
            _cells.Add(code);
    }

    /// <summary>How a cell might go on.</summary>
    /// <param name="code">The cell as it is.</param>
    /// <param name="position">Where the cursor is in it.</param>
    public async Task<Completions> CompleteAsync(string code, int position)
    {
        Document document = Open(code);
        CompletionList found = await CompletionService.GetService(document)!.GetCompletionsAsync(document, position);
        TextSpan span = found.ItemsList.Count == 0 ? new TextSpan(position, 0) : found.Span;
        string typed = code.Substring(span.Start, position - span.Start);
        var items = found.ItemsList
            .Where(item => !item.Tags.Any(tag => tag is WellKnownTags.Snippet or WellKnownTags.Operator))
            .Select(item => (Text: item.Properties.GetValueOrDefault("InsertionText") ?? item.DisplayText, Kind: item.Tags.FirstOrDefault("text").ToLowerInvariant()))
            .Where(item => item.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(item => item.Text, StringComparer.Ordinal);
        return new Completions(span.Start, span.End, [.. items]);
    }

    /// <summary>What a name in a cell means: its declaration and documentation.</summary>
    /// <param name="code">The cell as it is.</param>
    /// <param name="position">A place in the name, or its end.</param>
    /// <returns>Null where there is nothing to tell.</returns>
    public async Task<string?> DescribeAsync(string code, int position)
    {
        Document document = Open(code);
        QuickInfoService service = QuickInfoService.GetService(document)!;
        QuickInfoItem? info = await service.GetQuickInfoAsync(document, position) ?? (position > 0 ? await service.GetQuickInfoAsync(document, position - 1) : null);
        return info is null ? null : string.Join("\n\n", info.Sections.Select(section => section.Text).Where(text => text.Length > 0));
    }

    public void Dispose()
    {
        if (_workspace.IsValueCreated)
            _workspace.Value.Dispose();
    }

    /// <summary>The cell as a submission after all others.</summary>
    private Document Open(string code)
    {
        lock (_lock)
        {
            for (; _known < _cells.Count; _known++)
                _last = Submit(_workspace.Value.CurrentSolution, _cells[_known], keep: true).Project.Id;
            return Submit(_workspace.Value.CurrentSolution, code, keep: false);
        }
    }

    private Document Submit(Solution solution, string code, bool keep)
    {
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), $"cell-{_known}", $"cell-{_known}", LanguageNames.CSharp,
            compilationOptions: _options, parseOptions: _parse, metadataReferences: _script.MetadataReferences,
            projectReferences: _last is null ? [] : [new ProjectReference(_last)], isSubmission: true);
        DocumentId id = DocumentId.CreateNewId(project.Id);
        solution = solution.AddProject(project).AddDocument(id, "cell", SourceText.From(code));
        if (keep && !_workspace.Value.TryApplyChanges(solution))
            throw new InvalidOperationException("The workspace takes no more cells.");
        return solution.GetDocument(id)!;
    }
}
