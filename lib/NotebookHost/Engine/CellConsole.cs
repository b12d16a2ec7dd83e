using System.Text;

namespace NotebookHost;

/// <summary>A console writer that hands every piece to the sink at once, so that a crash loses nothing of what was printed.</summary>
internal sealed class CellConsole(StreamName name, IOutputSink sink) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Send(value.ToString());

    public override void Write(string? value) => Send(value);

    public override void Write(char[] buffer, int index, int count) => Send(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Send(new string(buffer));

    public override void WriteLine() => Send("\n");

    public override void WriteLine(char value) => Send($"{value}\n");

    public override void WriteLine(string? value) => Send(value + "\n");

    public override void WriteLine(char[] buffer, int index, int count) => Send(new string(buffer, index, count) + "\n");

    public override void WriteLine(ReadOnlySpan<char> buffer) => Send($"{buffer}\n");

    private void Send(string? text)
    {
        if (!string.IsNullOrEmpty(text))
            sink.Stream(name, text);
    }
}
