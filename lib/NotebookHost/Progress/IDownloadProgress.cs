using AttentionNotebooks;

namespace NotebookHost;

/// <summary>Tells a person how far downloads are.</summary>
internal interface IDownloadProgress
{
    /// <summary>Shows the progress of some work until it is over.</summary>
    Task ShowAsync(Func<IProgress<DataProgress>, Task> work);
}
