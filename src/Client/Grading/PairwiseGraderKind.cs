using System.CommandLine;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Judges.Pairwise;

namespace SeedOrleans.Client.Grading;

/// <summary><c>--kind pairwise</c>: a model compares a response with a reference response, or the responses of a group with each other.</summary>
internal sealed class PairwiseGraderKind(JudgeModelOptions models, TimeProvider time) : IGraderKind
{
    public string Name => "pairwise";

    public IReadOnlyList<Option> Options => models.All;

    public IGrader Create(ParseResult parsed)
    {
        var spec = models.Read(parsed);
        var model = JudgeModelOptions.Open(spec, time);
        return new PairwiseGrader(new PairwiseRewardModel(model, spec.Style, JudgeOptions.Of(spec)), spec.Parallel, (ulong)spec.Seed, model);
    }
}
