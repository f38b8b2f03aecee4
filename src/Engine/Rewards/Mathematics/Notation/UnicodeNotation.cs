using System.Collections.Frozen;
using System.Text;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Mathematical characters, spelled as LaTeX spells them.</summary>
internal static class UnicodeNotation
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", Subscripts = "₀₁₂₃₄₅₆₇₈₉", ScriptDigits = "0123456789+-n";

    private static readonly FrozenDictionary<char, string> Spellings = Vocabulary.Map<char, string>(
    [
        ('−', "-"), ('–', "-"), ('—', "-"), ('﹣', "-"), ('×', "\\times "), ('·', "\\cdot "), ('⋅', "\\cdot "), ('∙', "\\cdot "), ('∗', "*"),
        ('÷', "\\div "), ('∕', "/"), ('⁄', "/"), ('√', "\\sqrt "), ('∛', "\\sqrt[3]"), ('∜', "\\sqrt[4]"),
        ('±', "\\pm "), ('∓', "\\mp "), ('≤', "\\le "), ('≥', "\\ge "), ('⩽', "\\le "), ('⩾', "\\ge "), ('≠', "\\ne "), ('≈', "\\approx "),
        ('≡', "\\equiv "), ('∈', "\\in "), ('∪', "\\cup "), ('∩', "\\cap "), ('∖', "\\setminus "), ('∅', "\\emptyset "), ('∞', "\\infty "),
        ('ℝ', "\\mathbb{R}"), ('ℤ', "\\mathbb{Z}"), ('ℕ', "\\mathbb{N}"), ('ℚ', "\\mathbb{Q}"), ('ℂ', "\\mathbb{C}"),
        ('°', "^\\circ "), ('∘', "\\circ "), ('′', "'"), ('’', "'"), ('⟨', "\\langle "), ('⟩', "\\rangle "), ('⌊', "\\lfloor "), ('⌋', "\\rfloor "),
        ('⌈', "\\lceil "), ('⌉', "\\rceil "), ('∑', "\\sum "), ('∏', "\\prod "), ('∧', "\\land "), ('∨', "\\lor "), ('，', ","), ('。', "."),
        ('：', ":"), ('（', "("), ('）', ")"), ('＝', "="), ('％', "\\%"), ('…', "\\ldots "),
        ('½', "\\frac{1}{2}"), ('⅓', "\\frac{1}{3}"), ('⅔', "\\frac{2}{3}"), ('¼', "\\frac{1}{4}"), ('¾', "\\frac{3}{4}"), ('⅕', "\\frac{1}{5}"),
        ('⅖', "\\frac{2}{5}"), ('⅗', "\\frac{3}{5}"), ('⅘', "\\frac{4}{5}"), ('⅙', "\\frac{1}{6}"), ('⅚', "\\frac{5}{6}"), ('⅛', "\\frac{1}{8}"),
        ('⅜', "\\frac{3}{8}"), ('⅝', "\\frac{5}{8}"), ('⅞', "\\frac{7}{8}"),
        ('α', "\\alpha "), ('β', "\\beta "), ('γ', "\\gamma "), ('δ', "\\delta "), ('ε', "\\epsilon "), ('θ', "\\theta "), ('λ', "\\lambda "),
        ('μ', "\\mu "), ('µ', "\\mu "), ('π', "\\pi "), ('ρ', "\\rho "), ('σ', "\\sigma "), ('τ', "\\tau "), ('φ', "\\phi "), ('ω', "\\omega "), ('Δ', "\\Delta "),
        ('Ω', "\\Omega "), ('€', "\\euro "), ('£', "\\pound "), ('¥', "\\yen "), ('\u00a0', " "), ('\u2009', " "), ('\u202f', " "), ('\u200b', ""),
    ]);

    /// <returns>The same text in ASCII where that can be said.</returns>
    public static string Spell(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return text;

        var spelled = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (Superscripts.Contains(text[i]))
                i = SpellRun(text, i, Superscripts, '^', spelled);
            else if (Subscripts.Contains(text[i]))
                i = SpellRun(text, i, Subscripts, '_', spelled);
            else if (text[i] is >= '０' and <= '９')
                spelled.Append((char)('0' + text[i] - '０'));
            else if (Spellings.TryGetValue(text[i], out var spelling))
                spelled.Append(spelling);
            else
                spelled.Append(text[i]);
        }

        return spelled.ToString();
    }

    /// <returns>The place of the run's last character.</returns>
    private static int SpellRun(string text, int start, string script, char sign, StringBuilder spelled)
    {
        spelled.Append(sign).Append('{');
        var i = start;
        for (; i < text.Length && script.IndexOf(text[i], StringComparison.Ordinal) is >= 0 and var digit; i++)
            spelled.Append(ScriptDigits[digit]);

        spelled.Append('}');
        return i - 1;
    }
}
