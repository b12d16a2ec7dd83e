namespace AttentionNotebooks;

/// <summary>Multi30k (Elliott et al. 2016): what is seen on 31,014 photographs, in English and in German, a sentence a line.</summary>
public static class Multi30k
{
    private const string Name = "Multi30k";
    private const string Folder = "multi30k";

    /// <summary>Reads task 1 from <c>multi30k/</c> in the data root: 29,000 pairs to train on, 1,014 to choose by, and the 1,000 of the test of 2016.</summary>
    /// <param name="root">Where data lie.</param>
    /// <param name="source">The language to translate from, <c>en</c> or <c>de</c>.</param>
    /// <param name="target">The language to translate to.</param>
    /// <exception cref="DataFileException">A file is missing or damaged, is not UTF-8, or two files differ in their number of lines.</exception>
    public static TranslationData Read(DataRoot root, string source = "de", string target = "en")
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        ArgumentException.ThrowIfNullOrWhiteSpace(target);
        return new(Set("train"), Set("val"), Set("test_2016_flickr"), $"{Name}, {Folder}/ of the data root.");

        SentencePairs Set(string stem) => new(Name, source, target, ReadPairs(File(stem, source), File(stem, target)), "Elliott et al. 2016");
        string File(string stem, string language) => DataFile.Locate(root, Folder, Name, $"{stem}.{language}.gz", $"{stem}.{language}");
    }

    /// <summary>Reads two files whose lines belong together.</summary>
    /// <param name="sourcePath">The sentences, UTF-8, gzip-compressed or not.</param>
    /// <param name="targetPath">Their translations.</param>
    /// <exception cref="DataFileException">A file is missing or damaged, is not UTF-8, has an empty line, or the two differ in their number of lines.</exception>
    public static IReadOnlyList<SentencePair> ReadPairs(string sourcePath, string targetPath)
    {
        var (source, target) = (ReadLines(sourcePath), ReadLines(targetPath));
        if (source.Length != target.Length)
            throw new DataFileException(targetPath, $"{target.Length} lines, but {source.Length} in {sourcePath}. The two do not belong together: get both again.");
        return [.. source.Zip(target, (s, t) => new SentencePair(s, t))];
    }

    private static string[] ReadLines(string path) => TextFile.ReadLines(path, (line, number) =>
        string.IsNullOrWhiteSpace(line) ? throw TextFile.Wrong(path, number, $"it is empty, and every line is a sentence. {DataFile.Again}") : line.Trim());
}
