using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Client.Tests;

/// <summary>Runs and events to show.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static readonly RunSpec Spec = new()
    {
        Name = "first",
        Model = new ModelSpec { Path = "/models/tiny" },
        Data = new DataSpec { Train = [new DataSource { Task = "addition" }] },
        Rollout = new RolloutSpec { MaxResponseTokens = 32 },
        Training = new TrainingSpec { Steps = 10, PromptsPerStep = 8, GroupSize = 4 },
    };

    public static RunSummary Summary(string runId, RunStatus status) => new()
    {
        RunId = runId,
        Name = "first",
        Status = status,
        Step = 4,
        TotalSteps = 10,
        EvaluationBefore = 0.25,
        EvaluationAfter = 0.75,
        SubmittedAt = Start,
        Elapsed = TimeSpan.FromSeconds(61.5),
        Folder = "/runs/first",
    };

    /// <summary>A training step, ten seconds after the one before.</summary>
    public static RunEvent Step(int step, double reward) => new()
    {
        Number = step,
        At = Start.AddSeconds(10 * step),
        Kind = RunEventKind.TrainingStep,
        Step = step,
        Metrics = new Dictionary<string, double> { ["critic/score/mean"] = reward, ["actor/entropy"] = double.NaN }.ToImmutable(),
        Samples =
        [
            new AnswerSample { Question = "2+2=", Response = "\u001b[2J[red]4\u202e", GroundTruth = "4", Correct = true, Reason = "equal" },
        ],
    };

    private static System.Collections.Immutable.ImmutableDictionary<string, double> ToImmutable(this Dictionary<string, double> metrics) =>
        System.Collections.Immutable.ImmutableDictionary.CreateRange(metrics);
}
