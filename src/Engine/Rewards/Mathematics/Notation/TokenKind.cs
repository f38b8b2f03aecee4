namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

internal enum TokenKind
{
    End,

    /// <summary>A literal with its value.</summary>
    Number,

    /// <summary>Digits in a stated base; the value is the base.</summary>
    BaseNumber,

    /// <summary>One letter, a Greek one by its LaTeX name.</summary>
    Letter,

    /// <summary>A LaTeX command or a function's name.</summary>
    Command,

    /// <summary>Text: units, labels, answers in words.</summary>
    Words,

    /// <summary>An operator, a bracket, a separator.</summary>
    Symbol,
}
