using System.Buffers.Binary;

namespace AttentionNotebooks;

/// <summary>
/// The state of a generator as bytes: of PyTorch's Mersenne twister the seed, how many numbers are left, whether it is seeded, which is
/// next, its 624 words, and what is kept for the normal distribution. PyTorch ends the process where these cannot be, so they are checked first.
/// </summary>
internal static class GeneratorState
{
    private const int Words = 624;
    private const int Left = 8;
    private const int Seeded = 12;
    private const int Next = 16;

    /// <summary>The state.</summary>
    public static byte[] Of(Generator generator)
    {
        using var state = generator.get_state();
        return state.data<byte>().ToArray();
    }

    /// <summary>Goes on from a state.</summary>
    /// <exception cref="FormatException">It is no state of such a generator.</exception>
    public static void Restore(Generator generator, byte[] state)
    {
        if (state.Length != Of(generator).Length
            || BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(Left)) is < 1 or > Words
            || BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(Seeded)) == 0
            || BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(Next)) > Words)
            throw new FormatException("the generator's state cannot be");
        using var tensor = torch.tensor(state);
        generator.set_state(tensor);
    }
}
