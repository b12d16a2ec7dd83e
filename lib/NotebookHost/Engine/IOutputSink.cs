namespace NotebookHost;

/// <summary>Where a cell's outputs go, in Jupyter's terms. May be called from any thread; calls keep their order.</summary>
internal interface IOutputSink
{
    void Stream(StreamName name, string text);

    void Display(MimeBundle data, string displayId);

    void UpdateDisplay(MimeBundle data, string displayId);

    void Result(MimeBundle data);

    void Error(CellError error);

    /// <param name="wait">Clear only when the next output arrives, so that a picture is replaced without flicker.</param>
    void ClearOutput(bool wait);
}
