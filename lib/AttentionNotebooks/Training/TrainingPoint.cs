namespace AttentionNotebooks;

/// <summary>A point of a training history.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Seconds">Time since the run began; of one that was broken off, without the time between.</param>
/// <param name="ProcessorSeconds">Processor time of the process since the run began, over all threads; of one that was broken off, without what came after the checkpoint.</param>
/// <param name="ResidentMegabytes">Memory that the process holds, in MB.</param>
/// <param name="Metrics">Each metric's mean over the steps since the point before, and what validation measured.</param>
public sealed record TrainingPoint(int Step, double Seconds, double ProcessorSeconds, double ResidentMegabytes, IReadOnlyDictionary<string, double> Metrics)
{
    internal void Write(BinaryWriter file)
    {
        file.Write(Step);
        file.Write(Seconds);
        file.Write(ProcessorSeconds);
        file.Write(ResidentMegabytes);
        file.Write(Metrics.Count);
        foreach (var (name, value) in Metrics)
        {
            file.Write(name);
            file.Write(value);
        }
    }

    internal static TrainingPoint Read(BinaryReader file)
    {
        var (step, seconds, processorSeconds, megabytes) = (file.ReadInt32(), file.ReadDouble(), file.ReadDouble(), file.ReadDouble());
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var left = file.ReadInt32(); left > 0; left--) metrics.Add(file.ReadString(), file.ReadDouble());
        return new(step, seconds, processorSeconds, megabytes, metrics);
    }
}
