using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>Where a training run stands when it asks for a step.</summary>
/// <param name="Step">The step that is to be done, from 1.</param>
/// <param name="Steps">How many the run has in all.</param>
/// <param name="BatchSize">B, how many examples.</param>
/// <param name="Generator">Where all randomness of the step comes from.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TrainingMoment(int Step, int Steps, int BatchSize, Generator Generator)
{
    /// <summary>How much of the run is over, from 0 at the first step to 1 at the last: what a temperature is annealed by.</summary>
    public double Progress => Steps > 1 ? (Step - 1.0) / (Steps - 1) : 0;
}
