using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.FSharp.Core;

// Each argument is a cell; its value is a line of output. The first line names the FSharp.Core that is loaded before any cell runs.
Console.WriteLine(typeof(FSharpOption<int>).Assembly.GetName().Version);
var options = ScriptOptions.Default.WithImports("System", "System.Linq");
ScriptState<object>? state = null;
foreach (var cell in args)
{
    state = state is null ? await CSharpScript.RunAsync(cell, options) : await state.ContinueWithAsync(cell, options);
    Console.WriteLine(state.ReturnValue);
}
