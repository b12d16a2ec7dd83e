namespace AttentionNotebooks;

/// <summary>A data set in the four files of MNIST: images and labels, to train and to test on.</summary>
/// <param name="Name">What the set is called in captions.</param>
/// <param name="Folder">Its folder in the data root.</param>
/// <param name="ClassNames">What the labels mean.</param>
/// <param name="Source">Who made it.</param>
internal sealed record DigitFiles(string Name, string Folder, IReadOnlyList<string> ClassNames, string Source)
{
    private const string TrainImages = "train-images-idx3-ubyte";
    private const string TrainLabels = "train-labels-idx1-ubyte";
    private const string TestImages = "t10k-images-idx3-ubyte";
    private const string TestLabels = "t10k-labels-idx1-ubyte";

    /// <summary>The folder of this set.</summary>
    public string FolderIn(DataRoot root) => root.Of(Folder);

    /// <summary>Is at least one of the four files there?</summary>
    public bool AnyIn(DataRoot root) =>
        new[] { TrainImages, TrainLabels, TestImages, TestLabels }.Any(stem => Candidates(root, stem).Any(File.Exists));

    /// <summary>Reads all four files.</summary>
    public DigitData Read(DataRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return new(ReadSet(root, TrainImages, TrainLabels), ReadSet(root, TestImages, TestLabels), $"{Name}, {Folder}/ of the data root.");
    }

    private DigitSet ReadSet(DataRoot root, string imageStem, string labelStem)
    {
        var images = IdxFile.ReadImages(Locate(root, imageStem));
        var labels = IdxFile.ReadLabels(Locate(root, labelStem));
        var (count, height, width) = (images.Shape[0], images.Shape[1], images.Shape[2]);
        if (labels.Shape[0] != count)
            throw new DataFileException(labels.Path, $"{labels.Shape[0]} labels, but {count} images in {images.Path}. The two do not belong together: get both again.");
        if ((height, width) != (28, 28))
            throw new DataFileException(images.Path, $"the images are {height}×{width}, but those of {Name} are 28×28. Is it the right file?");
        if (DigitSet.FirstWithoutClass(labels.Values, ClassNames.Count) is >= 0 and var i)
            throw new DataFileException(labels.Path, $"label {i} is {labels.Values[i]}, but {Name} has {ClassNames.Count} classes. Delete the file and get it again.");

        return new(Name, height, width, images.Values, labels.Values, ClassNames, Source);
    }

    private string Locate(DataRoot root, string stem)
    {
        var candidates = Candidates(root, stem);
        return candidates.FirstOrDefault(File.Exists) ?? throw new DataFileException(
            FolderIn(root),
            $"{Name} needs {string.Join(" or ", candidates.Select(Path.GetFileName))}, and it is not there. "
            + $"Put the four files of {Name} into this folder, get them with `attention data fetch {Folder}`, or set {DataRoot.Variable} to the folder that holds {Folder}/.");
    }

    // Some copies on the web have a dot before "idx".
    private string[] Candidates(DataRoot root, string stem)
    {
        var dotted = stem.Replace("-idx", ".idx", StringComparison.Ordinal);
        return Array.ConvertAll([stem + ".gz", stem, dotted + ".gz", dotted], name => root.Of(Folder, name));
    }
}
