using System.Text;

namespace NotebookHost;

/// <summary>The commands that take arguments, and the environments.</summary>
internal sealed partial class TexFormula
{
    private string Construction(string command) => command switch
    {
        @"\frac" or @"\dfrac" or @"\tfrac" => Fraction(command),
        @"\binom" => $"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument(command)}{Argument(command)}</mfrac><mo>)</mo></mrow>",
        @"\sqrt" => Root(),
        @"\text" or @"\textbf" or @"\textit" or @"\mathrm" or @"\operatorname" or @"\operatorname*" or @"\mbox" => Text(command),
        @"\overline" or @"\underline" => $"<mrow class=\"{command[1..]}\">{Argument(command)}</mrow>",
        @"\underbrace" => $"<munder>{Argument(command)}<mo stretchy=\"true\">⏟</mo></munder>",
        @"\left" => Paired(),
        @"\begin" => Environment(),
        @"\ " => Space("0.3333em"),
        _ => throw new TexException($"the command {command} is unknown"),
    };

    private string Fraction(string command)
    {
        string fraction = $"<mfrac>{Argument(command)}{Argument(command)}</mfrac>";
        return command switch
        {
            @"\dfrac" => $"<mstyle displaystyle=\"true\" scriptlevel=\"0\">{fraction}</mstyle>",
            @"\tfrac" => $"<mstyle displaystyle=\"false\" scriptlevel=\"0\">{fraction}</mstyle>",
            _ => fraction,
        };
    }

    private string Root()
    {
        if (!_reader.TryTake("["))
            return $"<msqrt>{Argument(@"\sqrt")}</msqrt>";
        var index = new StringBuilder();
        while (!_reader.TryTake("]"))
            index.Append(ScriptedAtom());
        return $"<mroot>{Argument(@"\sqrt")}<mrow>{index}</mrow></mroot>";
    }

    private string Text(string command)
    {
        string text = HtmlText.Encode(_reader.TakeText(command).Replace(@"\_", "_", StringComparison.Ordinal).Replace(@"\%", "%", StringComparison.Ordinal));
        // In running text a space at either end would be dropped.
        string spaced = text.Replace(' ', '\u00A0');
        return command switch
        {
            @"\mathrm" or @"\operatorname" => $"<mi mathvariant=\"normal\">{text}</mi>",
            @"\operatorname*" => $"<mo movablelimits=\"true\" lspace=\"0\" rspace=\"0.1667em\">{text}</mo>",
            @"\textbf" => $"<mtext style=\"font-weight:bold\">{spaced}</mtext>",
            @"\textit" => $"<mtext style=\"font-style:italic\">{spaced}</mtext>",
            _ => $"<mtext>{spaced}</mtext>",
        };
    }

    private string Alphabet(string command)
    {
        string text = _reader.Peek() is "{" ? _reader.TakeText(command) : _reader.Next();
        text = string.Concat(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => TexSymbols.Identifiers.GetValueOrDefault(part, part)));
        if (text.Contains('\\', StringComparison.Ordinal))
            throw new TexException($"{command} takes letters, not '{text}'");
        return $"<mi>{HtmlText.Encode(TexAlphabets.Style(command, text))}</mi>";
    }

    private string Paired()
    {
        string open = Delimiter(@"\left");
        var inner = new StringBuilder(Row());
        _reader.Expect(@"\right", @"\left");
        string close = Delimiter(@"\right");
        return $"<mrow>{Fence(open, "stretchy=\"true\" form=\"prefix\"")}{inner}{Fence(close, "stretchy=\"true\" form=\"postfix\"")}</mrow>";
    }

    private string Delimiter(string after)
    {
        string token = _reader.Next();
        if (token is ".")
            return "";
        return TexSymbols.Fences.TryGetValue(token, out string? fence) ? fence : throw new TexException($"'{token}' after {after} is no bracket");
    }

    private string Environment()
    {
        string name = _reader.TakeText(@"\begin");
        (string open, string style, string close) = name switch
        {
            "aligned" or "align" or "align*" or "split" => ("", "aligned", ""),
            "gathered" or "matrix" => ("", "matrix", ""),
            "cases" => ("{", "cases", ""),
            "pmatrix" => ("(", "matrix", ")"),
            "bmatrix" => ("[", "matrix", "]"),
            "vmatrix" => ("|", "matrix", "|"),
            _ => throw new TexException($"the environment {name} is unknown"),
        };
        string table = $"<mtable class=\"{style}\"{(style is "aligned" ? " displaystyle=\"true\"" : "")}>{Rows()}</mtable>";
        _reader.Expect(@"\end", @"\begin{" + name + "}");
        if (_reader.TakeText(@"\end") is var end && !string.Equals(end, name, StringComparison.Ordinal))
            throw new TexException($@"\begin{{{name}}} ends with \end{{{end}}}");
        return $"<mrow>{Fence(open, "stretchy=\"true\" form=\"prefix\"")}{table}{Fence(close, "stretchy=\"true\" form=\"postfix\"")}</mrow>";
    }

    private string Rows()
    {
        var rows = new StringBuilder();
        do
        {
            if (_reader.Peek() is @"\end")
                break;
            rows.Append("<mtr>");
            do
                rows.Append("<mtd>").Append(Row()).Append("</mtd>");
            while (_reader.TryTake("&"));
            rows.Append("</mtr>");
        }
        while (_reader.TryTake(@"\\"));
        return rows.ToString();
    }
}
