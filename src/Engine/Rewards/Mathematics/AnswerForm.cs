namespace SeedOrleans.Engine.Rewards.Mathematics;

/// <summary>How far an answer must be worked out, so that restating the question earns nothing.</summary>
public enum AnswerForm
{
    /// <summary>
    /// As far as the reference: where that is a number, the answer is one, a fraction in lowest terms (15/3 is no answer to 5);
    /// arithmetic on numbers is done, and functions of numbers are evaluated, where the reference has none.
    /// </summary>
    LowestTerms,

    /// <summary>The same, but 10/4 counts as 5/2.</summary>
    Evaluated,

    /// <summary>Anything equal passes: 2^{10} for 1024, and the question for its answer.</summary>
    Any,
}
