namespace AttentionNotebooks;

/// <summary>A value that has been shown and can be replaced where it stands.</summary>
public interface IDisplayed
{
    /// <summary>Shows another value in its place.</summary>
    void Update(object value);
}
