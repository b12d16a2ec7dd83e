namespace AttentionNotebooks;

/// <summary>
/// A sentence of the Stanford Sentiment Treebank (Socher et al. 2013) in the brackets of the Penn Treebank:
/// <c>(3 (2 a) (4 (3 lovely) (2 film)))</c>, a label at every phrase, 0 very negative to 4 very positive, a word at every leaf.
/// </summary>
internal static class SentimentTree
{
    /// <summary>The deepest nesting that is read; the deepest of the treebank is 31.</summary>
    public const int Deepest = 500;

    /// <summary>Reads one tree.</summary>
    /// <param name="text">The tree.</param>
    /// <exception cref="FormatException">It is no such tree; the message says where and what is wrong.</exception>
    public static LabelledSentence Parse(string text)
    {
        var (words, phrases, open) = (new List<string>(), new List<Phrase>(), new Stack<Node>());
        var at = SkipSpace(text, 0);
        do
        {
            if (at >= text.Length) throw new FormatException($"it ends inside {open.Count} phrases");
            if (text[at] == '(')
            {
                if (open.Count == Deepest) throw Wrong(at, $"more than {Deepest} phrases inside each other");
                if (open.Count > 0) open.Push(open.Pop().WithChild(at));
                open.Push(new(LabelAt(text, at + 1), words.Count));
                at = SkipSpace(text, at + 2);
            }
            else if (text[at] == ')')
            {
                if (open.Count == 0) throw Wrong(at, "a bracket closes that was not opened");
                var node = open.Pop();
                if (words.Count == node.Start) throw Wrong(at, "a phrase without a word");
                phrases.Add(new(node.Start, words.Count, node.Label));
                at = SkipSpace(text, at + 1);
            }
            else
            {
                if (open.Count == 0) throw Wrong(at, "a tree begins with a bracket");
                open.Push(open.Pop().WithWord(at));
                var end = EndOfWord(text, at);
                words.Add(text[at..end]);
                at = SkipSpace(text, end);
            }
        }
        while (open.Count > 0);

        if (at < text.Length) throw Wrong(at, "something follows the tree");
        return new(words, phrases[^1].Label, null, phrases);
    }

    private static int LabelAt(string text, int at) =>
        at < text.Length && text[at] is >= '0' and <= '4' && (at + 1 == text.Length || text[at + 1] is ' ' or '(')
            ? text[at] - '0'
            : throw Wrong(at, "a label is 0, 1, 2, 3 or 4");

    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length && text[at] is not ('(' or ')') && !IsSpace(text[at])) at++;
        return at;
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && IsSpace(text[at])) at++;
        return at;
    }

    // A word of the treebank, “8 1\/2”, has a space of another kind inside.
    private static bool IsSpace(char c) => c is ' ' or '\t';

    private static FormatException Wrong(int at, string problem) => new($"column {at + 1}: {problem}");

    private readonly record struct Node(int Label, int Start, bool HasChild = false, bool HasWord = false)
    {
        public Node WithChild(int at) => HasWord ? throw Wrong(at, "a phrase holds either one word or other phrases") : this with { HasChild = true };

        public Node WithWord(int at) => HasWord || HasChild ? throw Wrong(at, "a phrase holds either one word or other phrases") : this with { HasWord = true };
    }
}
