using System.Runtime.InteropServices;

namespace AttentionNotebooks;

/// <summary>A question about a Sort-of-CLEVR scene.</summary>
/// <param name="Colour">Which object it is about, by its place in <see cref="SortOfClevr.Colours"/>.</param>
/// <param name="Kind">What is asked about it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClevrQuestion(int Colour, ClevrQuestionKind Kind)
{
    /// <summary>The length of a code.</summary>
    public const int CodeLength = 11;

    /// <summary>How many kinds of question there are of each of the two types.</summary>
    internal const int KindsOfType = 3;

    /// <summary>Whether other objects than the one it is about decide the answer.</summary>
    public bool IsRelational => Kind >= ClevrQuestionKind.Closest;

    /// <summary>Writes the question as a model sees it: one of 6 colours, one of 2 types, one of 3 subtypes (Santoro et al. 2017, supplement).</summary>
    /// <param name="code">[11], which becomes three ones among zeros.</param>
    public void Encode(Span<float> code)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(code.Length, CodeLength);
        code.Clear();
        code[Colour] = 1;
        code[SortOfClevr.Colours.Count + (IsRelational ? 1 : 0)] = 1;
        code[SortOfClevr.Colours.Count + 2 + (int)Kind % KindsOfType] = 1;
    }

    /// <summary>The question in words.</summary>
    public override string ToString()
    {
        var colour = SortOfClevr.Colours[Colour];
        return Kind switch
        {
            ClevrQuestionKind.Shape => $"What shape is the {colour} object?",
            ClevrQuestionKind.Left => $"Is the {colour} object left of the middle?",
            ClevrQuestionKind.Above => $"Is the {colour} object above the middle?",
            ClevrQuestionKind.Closest => $"What shape is the object closest to the {colour} one?",
            ClevrQuestionKind.Furthest => $"What shape is the object furthest from the {colour} one?",
            _ => $"How many objects have the shape of the {colour} one?",
        };
    }
}
