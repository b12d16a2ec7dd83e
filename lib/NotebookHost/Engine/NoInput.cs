namespace NotebookHost;

/// <summary>The console's input while cells run: there is nobody to type.</summary>
internal sealed class NoInput : TextReader
{
    public override int Peek() => throw Refusal();

    public override int Read() => throw Refusal();

    public override int Read(char[] buffer, int index, int count) => throw Refusal();

    public override string? ReadLine() => throw Refusal();

    public override string ReadToEnd() => throw Refusal();

    private static NotSupportedException Refusal() => new("A cell cannot ask for input: a notebook runs from top to bottom without anybody there. Write the value into the cell instead.");
}
