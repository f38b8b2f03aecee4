using SeedOrleans.Engine.Rewards.Mathematics.Expressions;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Compares words by spelling. It cannot say that two wordings differ in meaning, so it abstains there.</summary>
internal static class WordComparer
{
    public const string Rule = "words";

    /// <summary>Words that say the opposite of one another.</summary>
    private static readonly (string, string)[] Opposites = [("yes", "no"), ("true", "false"), ("even", "odd")];

    public static Comparison Compare(Expression reference, Expression answer) =>
        Opposites.Contains((reference.Name, answer.Name)) || Opposites.Contains((answer.Name, reference.Name))
            ? Comparison.Different(Rule, "The answer says the opposite.")
        : reference.Is(Operator.Words) && answer.Is(Operator.Words) && reference.Name == answer.Name
            ? Comparison.Same(Rule, "The answer has the words of the reference.")
            : Comparison.Unknown(Rule, "The answer has other words than the reference; whether they mean the same is not for a rule to say.");
}
