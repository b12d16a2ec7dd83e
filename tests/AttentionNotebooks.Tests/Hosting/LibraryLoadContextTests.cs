using System.Reflection;

namespace AttentionNotebooks.Tests;

public sealed class LibraryLoadContextTests
{
    private readonly LibraryLoadContext context = new(LibraryLoadContext.Folder);

    [Fact]
    public void The_library_asked_for_again_is_the_one_already_loaded()
    {
        var library = typeof(NativeTorch).Assembly;

        Assert.Same(library, context.Resolve(library.GetName()));
        Assert.Same(library, new LibraryLoadContext("").Resolve(new AssemblyName("AttentionNotebooks")));
    }

    [Fact]
    public void An_assembly_already_loaded_from_the_folder_is_not_loaded_twice()
    {
        var torchSharp = typeof(TorchSharp.torch).Assembly;

        Assert.Same(torchSharp, context.Resolve(torchSharp.GetName()));
    }

    [Theory]
    [InlineData("NoSuchAssembly")]
    [InlineData("FSharp.Core, Version=99.0.0.0")]
    [InlineData("FSharp.Core, Culture=de")]
    public void What_the_folder_cannot_serve_is_left_to_others(string name)
    {
        Assert.Null(context.Resolve(new AssemblyName(name)));
    }

    [Fact]
    public void All_that_a_cell_may_name_lies_beside_the_library()
    {
        var pending = new Queue<Assembly>(LibraryLoadContext.NamedByCells.Select(type => type.Assembly));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        while (pending.TryDequeue(out var assembly))
        {
            if (!seen.Add(assembly.GetName().Name!) || string.Equals(Path.GetDirectoryName(assembly.Location), framework, StringComparison.Ordinal))
                continue;
            Assert.Equal(LibraryLoadContext.Folder, Path.GetDirectoryName(assembly.Location));
            foreach (var reference in assembly.GetReferencedAssemblies())
                pending.Enqueue(Assembly.Load(reference));
        }

        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "TorchSharp", "Plotly.NET", "Plotly.NET.CSharp", "FSharp.Core" }, seen);
    }
}
