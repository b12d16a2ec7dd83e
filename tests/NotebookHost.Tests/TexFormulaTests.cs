using System.Xml.Linq;

namespace NotebookHost.Tests;

public sealed class TexFormulaTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("10.5x", "<mn>10.5</mn><mi>x</mi>")]
    [InlineData("a-b", "<mi>a</mi><mo>−</mo><mi>b</mi>")]
    [InlineData(@"\alpha_n^2", "<msubsup><mi>α</mi><mi>n</mi><mn>2</mn></msubsup>")]
    [InlineData("x^{ab}", "<msup><mi>x</mi><mrow><mi>a</mi><mi>b</mi></mrow></msup>")]
    [InlineData("f'", "<msup><mi>f</mi><mo>′</mo></msup>")]
    [InlineData(@"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>")]
    [InlineData(@"\frac{a}{b}", "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>")]
    [InlineData(@"\sum_{n=1}^N", "<munderover><mo movablelimits=\"true\">∑</mo><mrow><mi>n</mi><mo>=</mo><mn>1</mn></mrow><mi>N</mi></munderover>")]
    [InlineData(@"\log p", "<mi>log</mi><mspace width=\"0.1667em\"></mspace><mi>p</mi>")]
    [InlineData(@"\log(p)", "<mi>log</mi><mo stretchy=\"false\">(</mo>")]
    [InlineData(@"\mathbb{E}", "<mi>𝔼</mi>")]
    [InlineData(@"\mathbb R", "<mi>ℝ</mi>")]
    [InlineData(@"\mathcal{L}", "<mi>ℒ</mi>")]
    [InlineData(@"\mathbf{q1}", "<mi>𝐪𝟏</mi>")]
    [InlineData(@"\boldsymbol{\alpha}", "<mi>𝜶</mi>")]
    [InlineData(@"\text{if } x", "<mtext>if\u00A0</mtext><mi>x</mi>")]
    [InlineData(@"\operatorname*{argmax}_z", "<munder><mo movablelimits=\"true\" lspace=\"0\" rspace=\"0.1667em\">argmax</mo><mi>z</mi></munder>")]
    [InlineData(@"\hat g", "<mover accent=\"true\"><mi>g</mi><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData(@"\left( x \right]", "<mo stretchy=\"true\" form=\"prefix\">(</mo><mrow><mi>x</mi></mrow><mo stretchy=\"true\" form=\"postfix\">]</mo>")]
    [InlineData(@"\left. x \right|", "<mrow><mrow><mi>x</mi></mrow><mo stretchy=\"true\" form=\"postfix\">|</mo></mrow>")]
    [InlineData(@"a < b & c", null)]
    [InlineData(@"a<b", "<mo>&lt;</mo>")]
    [InlineData(@"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "<mtr><mtd><mrow><mi>c</mi></mrow></mtd><mtd><mrow><mi>d</mi></mrow></mtd></mtr>")]
    [InlineData(@"\sqrt[3]{x}", "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>")]
    public void Tex_becomes_mathml(string tex, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<TexException>(() => TexFormula.ToMathMl(tex, display: false));
            return;
        }

        string math = TexFormula.ToMathMl(tex, display: false);
        Assert.Contains(expected, math, StringComparison.Ordinal);
        Assert.Equal("math", XElement.Parse(math).Name);
    }

    [Theory]
    [InlineData(@"\nabla_\theta\,\mathbb{E}_{z \sim p_\theta}\left[ r(z) \right] = \mathbb{E}\Bigl[ \bigl(r - b\bigr) \nabla_\theta \log p_\theta(z) \Bigr]")]
    [InlineData(@"\begin{aligned} c_t &= \sum_{n=1}^N \alpha_{t,n}\, v_n \\ \alpha_t &= \mathrm{softmax}(e_t/\tau) \\ \end{aligned}")]
    [InlineData(@"f(x) = \begin{cases} 1 & \text{if } x \ge 0 \\ 0 & \text{otherwise} \end{cases}")]
    [InlineData(@"\operatorname{Var}[\hat g] \le \tfrac{1}{2} \lVert w \rVert_2^2 \cdot \tilde b \odot \sigma(W^\top \bar h), \qquad p \in \Delta^{N-1}, \; z \to \infty")]
    [InlineData(@"\underbrace{a + b}_{\text{bias}} + \overline{xy} + \binom{n}{k} + \int_0^1 x\,dx + \prod_{t} p(y_t \mid y_{<t}) + \max_{z} r(z) + \partial f / \partial x")]
    public void The_formulas_of_the_series_are_well_formed(string tex) =>
        Assert.Equal("block", XElement.Parse(TexFormula.ToMathMl(tex, display: true)).Attribute("display")!.Value);

    [Theory]
    [InlineData(@"\unheard", @"\unheard")]
    [InlineData("{a", "'}'")]
    [InlineData("a}", "'}'")]
    [InlineData("x^", "^")]
    [InlineData(@"\frac{a}", @"\frac")]
    [InlineData("x_1_2", "two subscripts")]
    [InlineData(@"\left( x", @"\right")]
    [InlineData(@"\left x \right)", "no bracket")]
    [InlineData(@"\begin{tabular}a\end{tabular}", "tabular")]
    [InlineData(@"\begin{matrix}a\end{cases}", "cases")]
    [InlineData(@"\sqrt[3", "ends too early")]
    [InlineData(@"\text{a", "'}'")]
    [InlineData(@"a\", "backslash")]
    public void What_it_does_not_understand_is_an_error(string tex, string expected) =>
        Assert.Contains(expected, Assert.Throws<TexException>(() => TexFormula.ToMathMl(tex, display: false)).Message, StringComparison.Ordinal);
}
