using System.Collections.Frozen;

namespace NotebookHost;

/// <summary>The commands that stand for one character or one name.</summary>
internal static class TexSymbols
{
    public static readonly FrozenDictionary<string, string> Identifiers = Table(
        @"\alpha α \beta β \gamma γ \delta δ \epsilon ϵ \varepsilon ε \zeta ζ \eta η \theta θ \vartheta ϑ \iota ι \kappa κ \lambda λ \mu μ \nu ν \xi ξ \pi π
          \rho ρ \sigma σ \tau τ \upsilon υ \phi ϕ \varphi φ \chi χ \psi ψ \omega ω \Gamma Γ \Delta Δ \Theta Θ \Lambda Λ \Xi Ξ \Pi Π \Sigma Σ
          \Upsilon Υ \Phi Φ \Psi Ψ \Omega Ω \infty ∞ \ell ℓ \hbar ℏ \emptyset ∅ \varnothing ∅ \partial ∂ \nabla ∇ \top ⊤ \bot ⊥ \dots … \ldots …
          \cdots ⋯ \vdots ⋮ \ddots ⋱ \Re ℜ \Im ℑ \% % \# # \$ $ \& & \_ _");

    public static readonly FrozenDictionary<string, string> Operators = Table(
        @"\cdot ⋅ \odot ⊙ \otimes ⊗ \oplus ⊕ \times × \div ÷ \pm ± \mp ∓ \circ ∘ \bullet • \ast ∗ \star ⋆ \le ≤ \leq ≤ \ge ≥ \geq ≥ \ne ≠ \neq ≠ \ll ≪ \gg ≫
          \in ∈ \notin ∉ \ni ∋ \subset ⊂ \subseteq ⊆ \supset ⊃ \cup ∪ \cap ∩ \setminus ∖ \sim ∼ \simeq ≃ \approx ≈ \equiv ≡ \propto ∝ \to → \rightarrow →
          \leftarrow ← \gets ← \leftrightarrow ↔ \mapsto ↦ \Rightarrow ⇒ \Leftarrow ⇐ \Leftrightarrow ⇔ \implies ⟹ \iff ⟺ \longrightarrow ⟶
          \uparrow ↑ \downarrow ↓ \forall ∀ \exists ∃ \neg ¬ \land ∧ \wedge ∧ \lor ∨ \vee ∨ \mid ∣ \parallel ∥ \perp ⊥ \colon : \prime ′ \coloneqq ≔");

    /// <summary>Operators whose bounds stand above and below them where there is room.</summary>
    public static readonly FrozenDictionary<string, string> Large = Table(
        @"\sum ∑ \prod ∏ \bigcup ⋃ \bigcap ⋂ \bigoplus ⨁ \bigotimes ⨂ \max max \min min \sup sup \inf inf \lim lim \argmax arg#max \argmin arg#min");

    public static readonly FrozenDictionary<string, string> Integrals = Table(@"\int ∫ \iint ∬ \oint ∮");

    public static readonly FrozenDictionary<string, string> Functions = Table(
        @"\log log \ln ln \exp exp \sin sin \cos cos \tan tan \tanh tanh \sinh sinh \cosh cosh \det det \dim dim \ker ker \deg deg \arg arg \Pr Pr");

    public static readonly FrozenDictionary<string, string> Fences = Table(
        @"( ( ) ) [ [ ] ] | | / / \{ { \} } \lbrace { \rbrace } \| ‖ \Vert ‖ \lVert ‖ \rVert ‖ \vert | \lvert | \rvert | \langle ⟨ \rangle ⟩ \lfloor ⌊ \rfloor ⌋ \lceil ⌈ \rceil ⌉");

    public static readonly FrozenDictionary<string, string> Accents = Table(
        @"\hat ^ \widehat ^ \bar ¯ \tilde ~ \widetilde ~ \vec → \dot ˙ \ddot ¨ \check ˇ \overbrace ⏞");

    public static readonly FrozenDictionary<string, string> Spaces = Table(
        @"\, 0.1667em \: 0.2222em \> 0.2222em \; 0.2778em \! -0.1667em \quad 1em \qquad 2em");

    /// <summary>Sizes of <c>\big(</c> and its kin, in em.</summary>
    public static readonly FrozenDictionary<string, string> Sizes = Table(
        @"\big 1.2em \bigl 1.2em \bigr 1.2em \bigm 1.2em \Big 1.8em \Bigl 1.8em \Bigr 1.8em \Bigm 1.8em \bigg 2.4em \biggl 2.4em \biggr 2.4em \Bigg 3em \Biggl 3em \Biggr 3em");

    /// <summary>Whether a function's name wants a thin space before the token.</summary>
    public static bool IsOperand(string token) => token.Length > 0
        && (char.IsLetterOrDigit(token, 0) || Identifiers.ContainsKey(token) || Functions.ContainsKey(token) || Large.ContainsKey(token)
            || Accents.ContainsKey(token) || TexAlphabets.IsStyle(token) || token is @"\frac" or @"\sqrt" or @"\text" or @"\mathrm" or @"\operatorname");

    private static FrozenDictionary<string, string> Table(string text)
    {
        string[] parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1].Replace('#', pair[1].Length > 1 ? '\u2009' : '#'), StringComparer.Ordinal);
    }
}
