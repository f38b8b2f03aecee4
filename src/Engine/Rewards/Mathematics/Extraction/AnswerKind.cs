namespace SeedOrleans.Engine.Rewards.Mathematics.Extraction;

/// <summary>How a response gives its answer, the most explicit way first; only the best kind that occurs counts.</summary>
internal enum AnswerKind
{
    /// <summary>\boxed{} or \fbox{}.</summary>
    Boxed,

    /// <summary>After "Answer:", "the answer is" or ####.</summary>
    Marked,

    /// <summary>After the last semicolon, as the project's own tasks write.</summary>
    AfterSemicolon,

    /// <summary>The response is an answer and nothing else.</summary>
    Whole,

    /// <summary>The last words in bold that are notation.</summary>
    Bold,

    /// <summary>The last formula, number or letter of a choice in prose.</summary>
    LastExpression,
}
