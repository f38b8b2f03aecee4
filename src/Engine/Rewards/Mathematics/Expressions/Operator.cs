namespace SeedOrleans.Engine.Rewards.Mathematics.Expressions;

/// <summary>What a node of an expression does with its parts.</summary>
internal enum Operator
{
    /// <summary>A literal: its value is the node's value. Its name is how it was written, where that matters.</summary>
    Number,

    /// <summary>π, e, i or ∞, by name.</summary>
    Constant,

    Variable,
    Sum,
    Product,

    /// <summary>Numerator, denominator.</summary>
    Quotient,

    /// <summary>Base, exponent.</summary>
    Power,

    Negation,

    /// <summary>Radicand, degree.</summary>
    Root,

    /// <summary>A known function, by name, of its arguments.</summary>
    Call,

    /// <summary>f(x) with a letter for f: a function's definition, or a product without a sign.</summary>
    Application,

    /// <summary>Σ or Π, by name: bound variable, lower bound, upper bound, term.</summary>
    Series,

    /// <summary>± or ∓, by name, of one part.</summary>
    PlusMinus,

    Percent,

    /// <summary>Digits, by name, in the base that is the node's value.</summary>
    BaseNumber,

    /// <summary>A value and, by name, its unit.</summary>
    Quantity,

    /// <summary>Parts in brackets, an order to them; the name holds both brackets.</summary>
    Tuple,

    Set,

    /// <summary>A bound variable and what it must fulfil.</summary>
    SetBuilder,

    /// <summary>Parts without brackets; the name is what stands between them: a comma, "or", "and".</summary>
    List,

    Ratio,
    Union,
    Intersection,

    /// <summary>A set without another's elements.</summary>
    Difference,

    /// <summary>The real numbers, and those sets that have a letter of their own, by name.</summary>
    NamedSet,

    /// <summary>Rows, each a tuple.</summary>
    Matrix,

    /// <summary>A chain: a sign of the name between each part and the next.</summary>
    Relation,

    /// <summary>Words, in lower case, without punctuation.</summary>
    Words,
}
