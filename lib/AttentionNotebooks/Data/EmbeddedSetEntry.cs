namespace AttentionNotebooks;

/// <summary>One embedded data set of the manifest: the library makes it from a seed, with no file and no network.</summary>
/// <param name="Name">Its name, which is also that of its card.</param>
/// <param name="Title">What it is called in captions.</param>
/// <param name="Content">What it holds, in a few words.</param>
/// <param name="Licence">Under which licence, in a few words.</param>
/// <param name="Citation">Whom to cite.</param>
public sealed record EmbeddedSetEntry(string Name, string Title, string Content, string Licence, string Citation);
