using System.Collections.Frozen;

namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>The names that notation knows, and what they mean.</summary>
internal static class Vocabulary
{
    /// <summary>Commands that change how a formula looks and not what it says.</summary>
    public static readonly FrozenSet<string> Looks = FrozenSet.ToFrozenSet(
    [
        "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle", "quad", "qquad", "displaystyle", "textstyle",
        "limits", "nolimits", "rm", "bf", "it", "hspace", "thinspace", "mathstrut", "boldsymbol", "bm", "mathbf", "mathit", "mathsf", "mathcal", "boxed", "fbox", "underline", "hat", "vec",
        ",", ";", ":", "!", " ", "nonumber", "hline",
    ]);

    /// <summary>Commands whose argument is text.</summary>
    public static readonly FrozenSet<string> Texts = FrozenSet.ToFrozenSet(
        ["text", "mbox", "textbf", "textit", "textrm", "textnormal", "texttt", "textsf", "mathrm", "hbox", "operatorname", "emph"]);

    public static readonly FrozenDictionary<string, string> Symbols = Map<string, string>(
    [
        ("times", "*"), ("cdot", "*"), ("ast", "*"), ("bullet", "*"), ("div", "/"), ("le", "≤"), ("leq", "≤"), ("leqslant", "≤"), ("ge", "≥"), ("geq", "≥"),
        ("geqslant", "≥"), ("lt", "<"), ("gt", ">"), ("ne", "≠"), ("neq", "≠"), ("approx", "≈"), ("simeq", "≈"), ("sim", "≈"), ("equiv", "≡"), ("in", "∈"),
        ("cup", "∪"), ("cap", "∩"), ("setminus", "∖"), ("backslash", "∖"), ("pm", "±"), ("mp", "∓"), ("lbrace", "\\{"), ("rbrace", "\\}"),
        ("langle", "⟨"), ("rangle", "⟩"), ("vert", "|"), ("lvert", "|"), ("rvert", "|"), ("mid", "|"), ("colon", ":"), ("land", "and"), ("wedge", "and"),
        ("lor", "or"), ("vee", "or"), ("lbrack", "["), ("rbrack", "]"), ("{", "\\{"), ("}", "\\}"), ("|", "|"), ("%", "%"), ("\\", "\\\\"), ("cr", "\\\\"),
        ("$", "$"), ("euro", "€"), ("pound", "£"), ("pounds", "£"), ("yen", "¥"), ("lfloor", "⌊"), ("rfloor", "⌋"), ("lceil", "⌈"), ("rceil", "⌉"),
        ("degree", "°"), ("circ", "°"), ("choose", "choose"), ("to", "→"), ("rightarrow", "→"), ("And", "and"),
    ]);

    /// <summary>Functions of one argument, by every name they have; a base or a degree comes on its own.</summary>
    public static readonly FrozenDictionary<string, string> Functions = Map<string, string>(
    [
        ("sin", "sin"), ("cos", "cos"), ("tan", "tan"), ("cot", "cot"), ("ctg", "cot"), ("sec", "sec"), ("csc", "csc"), ("cosec", "csc"), ("tg", "tan"),
        ("arcsin", "arcsin"), ("asin", "arcsin"), ("arccos", "arccos"), ("acos", "arccos"), ("arctan", "arctan"), ("atan", "arctan"), ("arccot", "arccot"),
        ("sinh", "sinh"), ("cosh", "cosh"), ("tanh", "tanh"), ("ln", "ln"), ("log", "log"), ("lg", "lg"), ("exp", "exp"), ("abs", "abs"), ("sqrt", "sqrt"),
        ("cbrt", "cbrt"), ("floor", "floor"), ("ceil", "ceil"), ("max", "max"), ("min", "min"), ("gcd", "gcd"), ("lcm", "lcm"),
    ]);

    public static readonly FrozenSet<string> Greek = FrozenSet.ToFrozenSet(
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho", "sigma",
        "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Phi", "Psi", "Omega", "ell",
    ]);

    /// <summary>Words of plain text that are notation.</summary>
    public static readonly FrozenDictionary<string, string> PlainWords = Map<string, string>(
    [
        ("pi", "pi"), ("infinity", "infty"), ("inf", "infty"), ("oo", "infty"), ("union", "cup"), ("intersect", "cap"),
    ]);

    /// <summary>Words for the bases that answers are written in.</summary>
    public static readonly FrozenDictionary<string, int> BaseWords = Map<string, int>(
    [
        ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12),
        ("sixteen", 16),
    ]);

    public static FrozenDictionary<TKey, TValue> Map<TKey, TValue>(IEnumerable<(TKey Key, TValue Value)> entries)
        where TKey : notnull => entries.ToFrozenDictionary(entry => entry.Key, entry => entry.Value);
}
