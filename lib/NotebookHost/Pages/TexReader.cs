namespace NotebookHost;

/// <summary>Reads TeX token by token: a command with its backslash, a number, or a single character. Space counts in text only.</summary>
internal sealed class TexReader(string tex)
{
    private int _position;

    public const string End = "";

    public string Peek()
    {
        int start = _position;
        string token = Next();
        _position = start;
        return token;
    }

    public string Next()
    {
        SkipSpace();
        if (_position >= tex.Length)
            return End;

        int start = _position++;
        if (tex[start] == '\\')
            SkipCommand();
        else if (char.IsAsciiDigit(tex[start]))
            SkipNumber();
        else if (char.IsHighSurrogate(tex[start]) && _position < tex.Length)
            _position++;
        return tex[start.._position];
    }

    /// <summary>The single character that TeX takes as an argument where there are no braces: <c>\frac12</c> is a half.</summary>
    public bool TryTakeDigit(out string digit)
    {
        SkipSpace();
        bool isDigit = _position < tex.Length && char.IsAsciiDigit(tex[_position]);
        digit = isDigit ? tex[_position++].ToString() : "";
        return isDigit;
    }

    public bool TryTake(string token)
    {
        if (!string.Equals(Peek(), token, StringComparison.Ordinal))
            return false;
        Next();
        return true;
    }

    public void Expect(string token, string after)
    {
        if (!TryTake(token))
            throw new TexException($"'{token}' is missing after {after}");
    }

    /// <summary>What stands between braces, as it stands: for names and for text, where space counts.</summary>
    public string TakeText(string after)
    {
        Expect("{", after);
        int start = _position;
        int depth = 1;
        for (; _position < tex.Length; _position++)
        {
            depth += tex[_position] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return tex[start.._position++];
        }

        throw new TexException($"'}}' is missing after {after}");
    }

    private void SkipSpace()
    {
        while (_position < tex.Length && char.IsWhiteSpace(tex[_position]))
            _position++;
    }

    private void SkipCommand()
    {
        if (_position >= tex.Length)
            throw new TexException("a backslash stands at the end");
        if (!char.IsAsciiLetter(tex[_position++]))
            return;
        while (_position < tex.Length && char.IsAsciiLetter(tex[_position]))
            _position++;
        // The one starred command: its bounds stand below it.
        if (_position < tex.Length && tex[_position] == '*' && tex.AsSpan(0, _position).EndsWith(@"\operatorname"))
            _position++;
    }

    private void SkipNumber()
    {
        while (_position < tex.Length && (char.IsAsciiDigit(tex[_position]) || IsDecimalPoint()))
            _position++;
    }

    private bool IsDecimalPoint() => tex[_position] == '.' && _position + 1 < tex.Length && char.IsAsciiDigit(tex[_position + 1]);
}
