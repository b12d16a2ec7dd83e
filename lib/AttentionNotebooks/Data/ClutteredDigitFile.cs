namespace AttentionNotebooks;

/// <summary>Cluttered MNIST as published with the recurrent spatial transformer (Sønderby et al. 2015): a digit somewhere on 40×40, among pieces of other digits.</summary>
internal static class ClutteredDigitFile
{
    private const string Name = "cluttered MNIST";
    private const string Folder = "cluttered-mnist";
    private const string File = "mnist_sequence1_sample_5distortions5x5.npz";
    private const string Origin = "Sønderby et al. 2015";
    private const int Side = 40;

    public static DigitData Read(DataRoot root)
    {
        var path = DataFile.Locate(root, Folder, Name, File);
        return new(ReadSet(path, "train"), ReadSet(path, "test"), $"{Name}, {Folder}/ of the data root.");
    }

    private static DigitSet ReadSet(string path, string part)
    {
        var arrays = NpzFile.Read(path, $"X_{part}", $"y_{part}");
        if (arrays[0] is not { Values: float[] pixels, Shape: [var count, Side * Side] })
            throw new DataFileException(path, $"X_{part} is {Describe(arrays[0])}, expected float32 of n × {Side * Side}. Is it the right file?");
        if (arrays[1] is not { Values: int[] labels } || labels.Length != count)
            throw new DataFileException(path, $"y_{part} is {Describe(arrays[1])}, expected int32 of {count}, one for each image. Is it the right file?");
        if (labels.AsSpan().IndexOfAnyExceptInRange(0, 9) is >= 0 and var wrong)
            throw new DataFileException(path, $"y_{part}: label {wrong} is {labels[wrong]}, and there are 10 classes. {DataFile.Again}");
        if (Array.FindIndex(pixels, p => !(p >= 0 && p <= 1)) is >= 0 and var outside)
            throw new DataFileException(path, $"X_{part}: pixel {outside % (Side * Side)} of image {outside / (Side * Side)} is {pixels[outside]}, and lies between 0 and 1. {DataFile.Again}");

        return new(Name, Side, Side, Array.ConvertAll(pixels, p => (byte)((p * 255) + 0.5f)), Array.ConvertAll(labels, label => (byte)label), Digits.Names, Origin);
    }

    private static string Describe(NpyArray array) => $"{array.Values.GetType().GetElementType()!.Name} of {string.Join(" × ", array.Shape)}";
}
