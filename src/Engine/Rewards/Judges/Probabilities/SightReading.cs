using System.Globalization;
using Microsoft.Extensions.AI;

namespace SeedOrleans.Engine.Rewards.Judges.Probabilities;

/// <summary>Reads P(YES) off the first word of a reply.</summary>
/// <remarks>
/// p(YES) / (p(YES) + p(NO)), each summed over the tokens that begin the word, at the first place that is more than blank: ByteDance Seed,
/// Seed-Thinking-v1.5, arXiv:2504.13914, §3.2, has the probability of YES as the reward. Without log-probs the word itself decides, with 1 or 0.
/// </remarks>
internal static class SightReading
{
    /// <summary>A judge that believes in neither yes nor no has not understood the question.</summary>
    private const double LeastMass = 0.1;

    public static Reading Of(ChatResponse reply)
    {
        var spoken = FinalAnswer.AfterThinking(reply.Text);
        if (spoken.Length == reply.Text.Length && FirstWord(reply) is { } place)
            return OfPlace(place);

        var word = spoken.Split([' ', '\n', '\r', '\t', ',', '.', ':', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
        return YesNo.OfWord(word) is { } isYes
            ? new Reading(isYes ? 1 : 0, $"The judge says {(isYes ? "yes" : "no")}.")
            : new Reading(null, spoken.Trim().Length == 0 ? "The judge said nothing." : "The judge said neither yes nor no.");
    }

    private static TokenAlternatives? FirstWord(ChatResponse reply)
    {
        foreach (var place in reply.LogProbs())
        {
            if (!place.Top.IsDefaultOrEmpty && !YesNo.IsBlank(place.Top.MaxBy(chance => chance.LogProb).Text))
                return place;
        }

        return null;
    }

    private static Reading OfPlace(TokenAlternatives place)
    {
        var (yes, no) = (Mass(place, wanted: true), Mass(place, wanted: false));
        return double.IsFinite(yes + no) && yes + no >= LeastMass
            ? new Reading(yes / (yes + no), string.Create(CultureInfo.InvariantCulture, $"P(YES) = {yes / (yes + no):0.###}."))
            : new Reading(null, string.Create(CultureInfo.InvariantCulture, $"The judge gives yes and no together a probability of {yes + no:0.###}."));
    }

    private static double Mass(TokenAlternatives place, bool wanted) =>
        place.Top.Where(chance => YesNo.OfToken(chance.Text) == wanted).Sum(chance => Math.Exp(chance.LogProb));
}
