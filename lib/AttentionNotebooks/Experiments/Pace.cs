namespace AttentionNotebooks;

/// <summary>What training is counted in, where it is asked how fast something is learned.</summary>
public enum Pace
{
    /// <summary>Training steps.</summary>
    Step,

    /// <summary>Seconds of processor time.</summary>
    Second,
}
