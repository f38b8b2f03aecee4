using System.Collections.Immutable;
using SeedOrleans.Client.Commands;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Client.DataTools;

/// <summary>Keeps of each question's responses some that are right, to learn from.</summary>
/// <remarks>
/// Rejection sampling fine-tuning, Yuan et al., arXiv:2308.01825. Of different right ones the shortest stay, in tokens and then in the order sampled: what is
/// short and right has hardly guessed, looped or gone back, and a cold start should teach to end.
/// </remarks>
/// <param name="judge">Not owned.</param>
/// <param name="keep">Most of one question.</param>
internal sealed class RejectionSampling(RowJudge judge, int keep)
{
    /// <returns>For each question the solutions that stay, and how many responses were right and ended.</returns>
    /// <exception cref="CommandFailedException">Programs are to be judged, and nothing here can hold them.</exception>
    public async Task<(ImmutableArray<string> Solutions, int Right)[]> SelectAsync(
        IReadOnlyList<MadeQuestion> questions, ImmutableArray<SampledText>[] responses, CancellationToken cancellationToken)
    {
        var selected = new (ImmutableArray<string>, int)[questions.Count];
        try
        {
            await Parallel.ForAsync(0, questions.Count, cancellationToken, async (place, cancelled) =>
                selected[place] = await SelectAsync(questions[place], responses[place], cancelled));
        }
        catch (SandboxMissingException missing)
        {
            throw new CommandFailedException(ExitCode.Usage, missing.Message);
        }

        return selected;
    }

    private async Task<(ImmutableArray<string> Solutions, int Right)> SelectAsync(
        MadeQuestion question, ImmutableArray<SampledText> responses, CancellationToken cancellationToken)
    {
        var right = new List<SampledText>();
        foreach (var response in responses.Where(response => response.HasEnded))
        {
            if ((await judge.JudgeAsync(question.Row, response.Text, cancellationToken)).Correct)
                right.Add(response);
        }

        return ([.. right.OrderBy(response => response.Tokens).Select(response => response.Text).Distinct().Take(keep)], right.Count);
    }
}
