namespace AttentionNotebooks;

/// <summary>Where canvases come from.</summary>
public interface ICanvases : IDisposable
{
    /// <summary>S, a canvas's side, in pixels.</summary>
    int Size { get; }

    /// <summary>O, how many digits there are to find on each.</summary>
    int Objects { get; }

    /// <summary>Draws canvases.</summary>
    /// <param name="count">B, how many.</param>
    /// <param name="generator">Where the randomness comes from: the same state, the same canvases.</param>
    /// <returns>The canvases; the caller's.</returns>
    CanvasBatch Draw(int count, Generator generator);
}
