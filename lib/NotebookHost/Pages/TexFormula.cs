using System.Text;

namespace NotebookHost;

/// <summary>
/// Turns the part of TeX that the notebooks use into MathML Core, which every current browser draws without a script or a font of ours.
/// A command it does not know is an error, so that no formula is shown wrong.
/// </summary>
internal sealed partial class TexFormula
{
    private readonly TexReader _reader;

    private TexFormula(string tex) => _reader = new TexReader(tex);

    /// <param name="tex">The formula without its dollar signs.</param>
    /// <param name="display">On a line of its own, rather than in the text.</param>
    /// <exception cref="TexException">The formula holds something unknown or is not closed.</exception>
    public static string ToMathMl(string tex, bool display)
    {
        var formula = new TexFormula(tex);
        string row = formula.Row();
        if (formula._reader.Peek() is not TexReader.End and var left)
            throw new TexException($"'{left}' stands where nothing opened it");
        string mode = display ? " display=\"block\" class=\"display\"" : "";
        return $"<math{mode}>{row}</math>";
    }

    /// <summary>Atoms up to the end of the group, the cell or the formula.</summary>
    private string Row()
    {
        var row = new StringBuilder();
        while (_reader.Peek() is not (TexReader.End or "}" or "&" or @"\\" or @"\right" or @"\end"))
        {
            if (_reader.Peek() is @"\displaystyle" or @"\textstyle")
                row.Append(Styled(_reader.Next()));
            else
                row.Append(ScriptedAtom());
        }

        return $"<mrow>{row}</mrow>";
    }

    private string Styled(string command) =>
        $"<mstyle displaystyle=\"{(command is @"\displaystyle" ? "true" : "false")}\" scriptlevel=\"0\">{Row()}</mstyle>";

    private string ScriptedAtom()
    {
        string token = _reader.Peek();
        string atom = token is "^" or "_" ? "<mrow></mrow>" : Atom();
        bool limits = TexSymbols.Large.ContainsKey(token) || token is @"\underbrace" or @"\overbrace" or @"\operatorname*";
        (string? below, string? above) = Scripts();
        string scripted = (below, above, limits) switch
        {
            (null, null, _) => atom,
            (not null, null, true) => $"<munder>{atom}{below}</munder>",
            (null, not null, true) => $"<mover>{atom}{above}</mover>",
            (not null, not null, true) => $"<munderover>{atom}{below}{above}</munderover>",
            (not null, null, false) => $"<msub>{atom}{below}</msub>",
            (null, not null, false) => $"<msup>{atom}{above}</msup>",
            (not null, not null, false) => $"<msubsup>{atom}{below}{above}</msubsup>",
        };
        return TexSymbols.Functions.ContainsKey(token) || token is @"\operatorname" ? scripted + FunctionSpace() : scripted;
    }

    private (string? Below, string? Above) Scripts()
    {
        string? below = null, above = null;
        while (true)
        {
            if (_reader.TryTake(@"\limits"))
                continue;
            if (_reader.TryTake("_"))
                below = below is null ? Argument("_") : throw new TexException("two subscripts stand in a row");
            else if (_reader.TryTake("^"))
                above = above is null ? Argument("^") : throw new TexException("two superscripts stand in a row");
            else if (_reader.TryTake("'"))
                above = above is null ? "<mo>′</mo>" : $"<mrow>{above}<mo>′</mo></mrow>";
            else
                return (below, above);
        }
    }

    /// <summary>log p, but log(p).</summary>
    private string FunctionSpace() => TexSymbols.IsOperand(_reader.Peek()) ? Space("0.1667em") : "";

    /// <summary>A group in braces, or the single atom that follows.</summary>
    private string Argument(string after)
    {
        if (_reader.Peek() is TexReader.End or "}" or "&")
            throw new TexException($"something is missing after {after}");
        return _reader.TryTakeDigit(out string digit) ? $"<mn>{digit}</mn>" : Atom();
    }

    private string Atom()
    {
        string token = _reader.Next();
        if (token is TexReader.End)
            throw new TexException("the formula ends too early");
        if (token is "{")
        {
            string group = Row();
            _reader.Expect("}", "a group");
            return group;
        }

        return token[0] == '\\' ? Command(token) : Character(token);
    }

    private static string Character(string token) => token switch
    {
        _ when char.IsAsciiDigit(token[0]) => $"<mn>{token}</mn>",
        _ when char.IsLetter(token, 0) => $"<mi>{token}</mi>",
        "-" => "<mo>−</mo>",
        "*" => "<mo>∗</mo>",
        "~" => Space("0.3333em"),
        "/" => "<mo lspace=\"0\" rspace=\"0\" stretchy=\"false\">/</mo>",
        "(" or ")" or "[" or "]" or "|" => Fence(token, "stretchy=\"false\""),
        "'" => "<mo>′</mo>",
        _ => $"<mo>{HtmlText.Encode(token)}</mo>",
    };

    private string Command(string command)
    {
        if (TexSymbols.Identifiers.TryGetValue(command, out string? letter))
            return $"<mi{(char.IsUpper(letter[0]) || letter[0] is '∂' or '∇' ? " mathvariant=\"normal\"" : "")}>{HtmlText.Encode(letter)}</mi>";
        if (TexSymbols.Operators.TryGetValue(command, out string? sign))
            return $"<mo>{sign}</mo>";
        if (TexSymbols.Large.TryGetValue(command, out string? large))
            return $"<mo movablelimits=\"true\"{(char.IsLetter(large[0]) ? " lspace=\"0\" rspace=\"0.1667em\"" : "")}>{large}</mo>";
        if (TexSymbols.Integrals.TryGetValue(command, out string? integral))
            return $"<mo>{integral}</mo>";
        if (TexSymbols.Functions.TryGetValue(command, out string? function))
            return $"<mi>{function}</mi>";
        if (TexSymbols.Fences.TryGetValue(command, out string? fence))
            return Fence(fence, "stretchy=\"false\"");
        if (TexSymbols.Spaces.TryGetValue(command, out string? width))
            return Space(width);
        if (TexSymbols.Accents.TryGetValue(command, out string? accent))
            return $"<mover accent=\"true\">{Argument(command)}<mo stretchy=\"{(command.Length > 6 ? "true" : "false")}\">{accent}</mo></mover>";
        if (TexSymbols.Sizes.TryGetValue(command, out string? size))
            return Fence(Delimiter(command), $"minsize=\"{size}\" maxsize=\"{size}\" stretchy=\"true\"");
        if (TexAlphabets.IsStyle(command))
            return Alphabet(command);
        return Construction(command);
    }

    private static string Fence(string fence, string attributes) => fence.Length == 0 ? "" : $"<mo {attributes}>{HtmlText.Encode(fence)}</mo>";

    private static string Space(string width) => $"<mspace width=\"{width}\"></mspace>";
}
