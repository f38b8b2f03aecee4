using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Tasks.Judging;
using SeedOrleans.Engine.Rewards.Judges.Prompts;

namespace SeedOrleans.Engine.Rewards.Judges.Pairwise;

/// <summary>Rewards a response by how likely it is better than another one, for questions that have no reference answer.</summary>
/// <remarks>
/// The pairwise generative reward model of ByteDance Seed, Seed-Thinking-v1.5, arXiv:2504.13914, §3.2: the reward is the probability of YES. Asking in
/// both orders and averaging, which cancels the judge's preference for a place, is ours.
/// </remarks>
/// <param name="model">Not owned.</param>
public sealed class PairwiseRewardModel(IChatClient model, JudgeStyle style = JudgeStyle.Verifier, JudgeOptions? options = null)
{
    private readonly JudgeOptions _options = options ?? new JudgeOptions();

    /// <exception cref="JudgeFailedException">The judge could not be asked, for good.</exception>
    public async Task<Preference> CompareAsync(string question, string first, string second, CancellationToken cancellationToken)
    {
        var (one, other) = (Shown(first), Shown(second));
        if (one == other)
            return new Preference(0, 2, "The responses are the same.");
        if (one.Length == 0 || other.Length == 0)
            return new Preference(one.Length == 0 ? -1 : 1, 2, $"The {(one.Length == 0 ? "first" : "second")} response says nothing.");

        var orders = await Task.WhenAll(AskAsync(question, one, other, cancellationToken), AskAsync(question, other, one, cancellationToken)).ConfigureAwait(false);

        // (p + (1 − q)) · 2 / 2 − 1, so that swapping the two changes the sign and nothing else.
        var reward = (orders[0] ?? 0.5) - (orders[1] ?? 0.5);
        return new Preference(reward, orders.Count(order => order is not null), $"P(YES) = {Words(orders[0])} in this order and {Words(orders[1])} in the other.");
    }

    /// <summary>The rewards of a group, each the mean against others of it, from −1 to 1; they add up to 0.</summary>
    /// <param name="seed">Decides who meets whom where a group is too large for all to meet all.</param>
    /// <returns>In the order of <paramref name="responses"/>.</returns>
    /// <inheritdoc cref="CompareAsync"/>
    public async Task<ImmutableArray<double>> TournamentAsync(string question, ImmutableArray<string> responses, ulong seed, CancellationToken cancellationToken)
    {
        var pairs = TournamentPairs.Of(responses.Length, seed);
        var games = await Task.WhenAll(pairs.Select(pair =>
            CompareAsync(question, responses[pair.First], responses[pair.Second], cancellationToken))).ConfigureAwait(false);

        var (sums, met) = (new double[responses.Length], new int[responses.Length]);
        foreach (var ((first, second), game) in pairs.Zip(games))
        {
            (sums[first], sums[second]) = (sums[first] + game.Reward, sums[second] - game.Reward);
            (met[first], met[second]) = (met[first] + 1, met[second] + 1);
        }

        return [.. sums.Zip(met, (sum, count) => count == 0 ? 0 : sum / count)];
    }

    private static string Words(double? probability) => probability?.ToString("0.###", CultureInfo.InvariantCulture) ?? "unknown";

    /// <summary>A judge of characters sees what stands after the last semicolon, as all tasks have it.</summary>
    private string Shown(string response)
    {
        var shown = ShownText.OfResponse(response, _options.MaxShownCharacters);
        return _options.Prompt == JudgePrompt.Compact ? FinalAnswer.AfterSemicolon(shown) : shown;
    }

    /// <returns>P(first is better) in this order; null where the judge gave no verdict.</returns>
    private async Task<double?> AskAsync(string question, string first, string second, CancellationToken cancellationToken)
    {
        var asked = _options.Prompt == JudgePrompt.Compact
            ? JudgeQuestions.Compact(CompactPrompts.Preference(question, first, second), style)
            : JudgeQuestions.Comparison(question, first, second, style, _options.MaxShownCharacters);
        try
        {
            return (await JudgeCall.AskAsync(model, asked, style, _options, cancellationToken).ConfigureAwait(false)).Reading.Probability;
        }
        catch (UnreadableForJudgeException)
        {
            return null;
        }
    }
}
