namespace AttentionNotebooks;

/// <summary>A rectangle over an image, in its pixels from the top left corner.</summary>
/// <param name="Top">Upper edge.</param>
/// <param name="Left">Left edge.</param>
/// <param name="Height">Rows covered.</param>
/// <param name="Width">Columns covered.</param>
/// <param name="Role">What it stands for: its colour. <see cref="Role.Exact"/>, the true place, is dashed.</param>
/// <param name="Name">What a key under the pictures says of boxes like this one; empty for no entry.</param>
public sealed record ImageBox(double Top, double Left, double Height, double Width, Role Role = Role.Exact, string Name = "");
