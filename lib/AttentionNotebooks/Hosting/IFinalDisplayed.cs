namespace AttentionNotebooks;

/// <summary>A display that cannot replace what it has shown, so that only the last update is worth showing.</summary>
internal interface IFinalDisplayed : IDisplayed;
