namespace AttentionNotebooks;

/// <summary>Strings of digits as pictures: how they sound, and where transcribers listen.</summary>
public static class SpeechPictures
{
    // Fewer greys make smaller files; an eye sees no difference in a spectrogram.
    private const int Greys = 16;

    // Each band is this many pixels high.
    private const int Zoom = 2;

    /// <summary>An alignment: a row a symbol spelt, a column a location; framed where the digit is said that it stands for.</summary>
    /// <param name="spelt">What was spelt.</param>
    /// <param name="title">The heading.</param>
    /// <param name="caption">What to look for.</param>
    public static HeatMap Alignment(SpeltString spelt, string title, string caption)
    {
        ArgumentNullException.ThrowIfNull(spelt);
        return new HeatMap("spelt", "location in the sound", spelt.Weights)
        {
            Rows = [.. Enumerable.Range(0, spelt.Steps).Select(step => Symbol(spelt, step))],
            Marks = [.. from pair in spelt.Distance.Pairs from location in Within(spelt.Places[pair.Reference]) select (pair.Hypothesis, location)],
            Maximum = 1,
            Title = title,
            Caption = caption,
        };
    }

    /// <summary>One sound as several transcribers listen to it, symbol after symbol in one place: colour is attention, the frame where the digit is said.</summary>
    /// <param name="set">Where the sound is from.</param>
    /// <param name="index">Which of its strings.</param>
    /// <param name="title">The heading.</param>
    /// <param name="caption">What to look for.</param>
    /// <param name="listeners">Each transcriber's name and what it spelt.</param>
    public static FigureSequence Listening(DigitStringSet set, int index, string title, string caption, params IReadOnlyList<(string Name, SpeltString Spelt)> listeners)
    {
        ArgumentNullException.ThrowIfNull(listeners);
        var sound = Sound(set, index);
        return new FigureSequence("symbol", from step in Enumerable.Range(0, listeners.Max(listener => listener.Spelt.Steps))
                                            let tiles = listeners.Select(listener => Heard(sound, listener.Name, listener.Spelt, step))
                                            select ($"{step + 1}", (Figure)new ImageGrid(tiles) { Columns = 1, MapMaximum = 1 }))
        {
            Start = 0,
            Title = title,
            Caption = caption,
        };
    }

    /// <summary>A sound in grey, time to the right and pitch upwards, the louder the brighter.</summary>
    /// <returns>[Zoom · M, T], in 0..1.</returns>
    private static float[,] Sound(DigitStringSet set, int index)
    {
        ArgumentNullException.ThrowIfNull(set);
        using var scope = torch.NewDisposeScope();
        // Standardised: 0 is the mean of the training set, and what is quieter is black.
        var features = set.Features.Batch(torch.tensor([(long)index])).Features[0].clamp_min(0);
        var grey = ((features / features.max() * (Greys - 1)).round() / (Greys - 1)).transpose(0, 1).flip(0).repeat_interleave(Zoom, 0);
        var image = new float[grey.shape[0], grey.shape[1]];
        Buffer.BlockCopy(grey.to(torch.float32).cpu().contiguous().data<float>().ToArray(), 0, image, 0, image.Length * sizeof(float));
        return image;
    }

    private static Tile Heard(float[,] sound, string name, SpeltString spelt, int step)
    {
        var listens = step < spelt.Steps;
        var windows = Enumerable.Range(0, spelt.Locations).Select(location => Window(sound, spelt, location, location + 1)).ToArray();
        var said = spelt.Distance.Pairs.Where(pair => pair.Hypothesis == step).Select(pair => spelt.Places[pair.Reference]);
        return new Tile(sound, $"{name}: {string.Join(' ', Enumerable.Range(0, Math.Min(step + 1, spelt.Steps)).Select(each => Symbol(spelt, each)))}")
        {
            Map = AttentionMap.OfWindows(windows, listens ? spelt.Row(step) : new float[windows.Length]),
            Boxes = [.. said.Select(place => Window(sound, spelt, place.First, place.End))],
        };
    }

    // A location is centred on its frame; the first and the last reach beyond the sound.
    private static ImageBox Window(float[,] sound, SpeltString spelt, int first, int end)
    {
        double Edge(int location) => Math.Clamp(((location - 0.5) * spelt.Reduction) + 0.5, 0, sound.GetLength(1));
        return new ImageBox(0, Edge(first), sound.GetLength(0), Edge(end) - Edge(first));
    }

    private static string Symbol(SpeltString spelt, int step) => step < spelt.Spelt.Count ? $"{spelt.Spelt[step]}" : "end";

    private static IEnumerable<int> Within((int First, int End) place) => Enumerable.Range(place.First, place.End - place.First);
}
