using System.Globalization;

namespace AttentionNotebooks;

/// <summary>One dimension of an expected shape: a size, or the letter of one that may have any size.</summary>
internal readonly record struct Dimension(long? Size, string Letter)
{
    public static implicit operator Dimension(long size) => new(size, "");

    public static implicit operator Dimension(string letter) => new(null, letter);

    public override string ToString() => Size?.ToString(CultureInfo.InvariantCulture) ?? Letter;
}
