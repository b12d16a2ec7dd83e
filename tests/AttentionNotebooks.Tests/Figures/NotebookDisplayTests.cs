using Microsoft.DotNet.Interactive;

namespace AttentionNotebooks.Tests;

public sealed class NotebookDisplayTests : IDisposable
{
    public void Dispose()
    {
        NotebookDisplay.Use(null);
        KernelInvocationContext.Current = null;
    }

    [Fact]
    public void The_display_that_a_host_sets_is_taken()
    {
        var display = new ConsoleDisplay(TextWriter.Null);
        NotebookDisplay.Use(display);

        Assert.Same(display, NotebookDisplay.Current);
    }

    [Fact]
    public void Without_any_host_it_is_the_console() => Assert.IsType<ConsoleDisplay>(NotebookDisplay.Current);

    [Fact]
    public void Interactive_is_found_by_name_and_its_handle_updates_what_was_shown()
    {
        var context = new KernelInvocationContext();
        KernelInvocationContext.Current = context;

        IDisplayed shown = Find()!.Show("a");
        shown.Update("b");

        Assert.Equal(["display a [0]", "update b"], context.Log);
    }

    [Fact]
    public void Interactive_without_a_running_cell_is_no_display() => Assert.Null(Find());

    [Fact]
    public void An_error_of_the_host_comes_through_as_itself()
    {
        KernelInvocationContext.Current = new KernelInvocationContext();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Find()!.Show(new InvalidOperationException("refused")));
        Assert.Equal("refused", error.Message);
    }

    private static InteractiveDisplay? Find() => InteractiveDisplay.Find([typeof(KernelInvocationContext).Assembly]);
}
