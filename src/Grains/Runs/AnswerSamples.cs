using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Grains.Runs;

/// <summary>A few answers for a person to read.</summary>
internal static class AnswerSamples
{
    private const int Most = 3, LongestText = 400;

    public static ImmutableArray<AnswerSample> Of(ImmutableArray<RolloutGroup> groups) =>
    [
        .. groups.Take(Most).Select(group => (group.Prompt, Response: group.Responses[0])).Select(answer => new AnswerSample
        {
            Question = Short(answer.Prompt.Question),
            Response = Short(answer.Response.ResponseText),
            GroundTruth = Short(answer.Prompt.GroundTruth),
            Correct = answer.Response.Verdict.Correct,
            Reason = answer.Response.Verdict.Reason,
        }),
    ];

    private static string Short(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";
}
