namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>What a question says of the notation of its answer.</summary>
/// <param name="AsksForPercent">It speaks of percent.</param>
/// <param name="AsksForBase">It speaks of a base of digits.</param>
internal sealed record QuestionHints(bool AsksForPercent, bool AsksForBase)
{
    public static QuestionHints Of(string? question) => question is null
        ? new QuestionHints(false, false)
        : new QuestionHints(
            question.Contains("percent", StringComparison.OrdinalIgnoreCase) || question.Contains('%'),
            question.Contains("base", StringComparison.OrdinalIgnoreCase));
}
