namespace AttentionNotebooks;

/// <summary>A device was asked for that this machine, or this build, does not have. The message says what to do.</summary>
public sealed class DeviceUnavailableException : Exception
{
    /// <summary>An error without details.</summary>
    public DeviceUnavailableException()
    {
    }

    /// <summary>An error that says what is missing and what to do.</summary>
    /// <param name="message">For people.</param>
    public DeviceUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>An error that says what is missing and what to do.</summary>
    /// <param name="message">For people.</param>
    /// <param name="innerException">What the system said.</param>
    public DeviceUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
