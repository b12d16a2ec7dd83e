namespace AttentionNotebooks;

/// <summary>The native half of TorchSharp cannot be loaded. The message names the file, what is wrong with it and what to do.</summary>
public sealed class NativeLibraryException : Exception
{
    /// <summary>An error without details.</summary>
    public NativeLibraryException()
    {
    }

    /// <summary>An error that says which file, what is wrong and what to do.</summary>
    /// <param name="message">For people.</param>
    public NativeLibraryException(string message)
        : base(message)
    {
    }

    /// <summary>An error that says which file, what is wrong and what to do.</summary>
    /// <param name="message">For people.</param>
    /// <param name="innerException">What the system said.</param>
    public NativeLibraryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
