using System.Security.Cryptography;
using System.Text;

namespace AttentionNotebooks;

/// <summary>All that a training run needs to go on from where it is: weights and buffers, the optimizer's moments, the generator, the history, and the best weights so far.</summary>
internal sealed class TrainingState(ILearner learner, OptimizerHelper optimizer, Generator generator, TrainingOptions options)
{
    private const string Magic = "attention checkpoint 1";

    private double best = double.NaN;
    private int worse;
    private byte[] bestModules = [];

    public TrainingHistory History { get; private set; } = new(options.Steps);

    /// <summary>Steps done, which a point of the history has told.</summary>
    public int Step => History.Last?.Step ?? 0;

    /// <summary>Whether patience is at its end.</summary>
    public bool Stopped => options.EarlyStopping is { } stopping && worse >= stopping.Patience;

    /// <summary>Adds a point, and keeps the weights if they are the best so far.</summary>
    public void Add(TrainingPoint point)
    {
        History.Add(point);
        if (options.EarlyStopping is not { } stopping || !point.Metrics.TryGetValue(stopping.Metric, out var value)) return;
        if (stopping.IsBetter(value, best)) (best, worse, bestModules) = (value, 0, Modules());
        else worse++;
    }

    /// <summary>Goes back to the best weights, where they were watched.</summary>
    public void RestoreBest()
    {
        if (bestModules.Length > 0) Load(bestModules);
    }

    /// <summary>Writes everything; the file is the old one or the new one, never half of it.</summary>
    public void Save(string path)
    {
        var bytes = Serialize();
        // Always the same name, so that a process killed here leaves one file at most, and the next overwrites it.
        var temporary = $"{path}.tmp";
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        using (var file = new FileStream(temporary, FileMode.Create))
        {
            file.Write(bytes);
            file.Write(SHA256.HashData(bytes));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Goes on from a file, if it is there.</summary>
    /// <exception cref="DataFileException">It is damaged, or of another run.</exception>
    public void LoadIfPresent(string path)
    {
        if (!File.Exists(path)) return;
        Deserialize(DataFile.Read(path, file => Checked(file, path)), path);
    }

    private static ArraySegment<byte> Checked(FileStream file, string path)
    {
        if (file.Length > Array.MaxLength) throw Damaged(path);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var end = bytes.Length - SHA256.HashSizeInBytes;
        return end >= 0 && SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)) ? new(bytes, 0, end) : throw Damaged(path);
    }

    private static DataFileException Damaged(string path) => new(path, "it is no checkpoint, or is damaged. Delete it to train from the beginning.");

    private byte[] Serialize()
    {
        using var bytes = new MemoryStream();
        using var file = new BinaryWriter(bytes, Encoding.UTF8);
        file.Write(Magic);
        file.Write(options.Identity);
        WriteBlock(file, Modules());
        WriteBlock(file, Block(optimizer.save_state_dict));
        WriteBlock(file, GeneratorState.Of(generator));
        History.Write(file);
        file.Write(best);
        file.Write(worse);
        WriteBlock(file, bestModules);
        file.Flush();
        return bytes.ToArray();
    }

    private void Deserialize(ArraySegment<byte> bytes, string path)
    {
        using var file = new BlockReader(bytes);
        try
        {
            if (file.ReadString() != Magic) throw new DataFileException(path, "it is a checkpoint of another version. Delete it to train from the beginning.");
            var identity = file.ReadString();
            if (identity != options.Identity)
                throw new DataFileException(path, $"it is of another run: {identity}; this one has {options.Identity}. Take another file, or delete it to train from the beginning.");
            Load(file.ReadBlock());
            using (var moments = new BlockReader(file.ReadBlock())) optimizer.load_state_dict(moments);
            GeneratorState.Restore(generator, file.ReadBlock());
            History = TrainingHistory.Read(file, options.Steps);
            (best, worse, bestModules) = (file.ReadDouble(), file.ReadInt32(), file.ReadBlock());
        }
        // The tensor library takes as many dimensions for a tensor as it reads, which may be more than memory has.
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidDataException or EndOfStreamException or OutOfMemoryException)
        {
            throw new DataFileException(path, $"it is of another model ({e.Message}). Take another file, or delete it to train from the beginning.", e);
        }
    }

    private byte[] Modules() => Block(file =>
    {
        foreach (var module in learner.Modules) module.save(file);
    });

    private void Load(byte[] block)
    {
        using var scope = torch.NewDisposeScope();
        using var file = new BlockReader(block);
        foreach (var module in learner.Modules) module.load(file);
    }

    private static byte[] Block(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var file = new BinaryWriter(bytes);
        write(file);
        file.Flush();
        return bytes.ToArray();
    }

    private static void WriteBlock(BinaryWriter file, byte[] block)
    {
        file.Write(block.Length);
        file.Write(block);
    }
}
