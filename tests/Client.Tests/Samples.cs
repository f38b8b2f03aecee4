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

    public static readonly Recovery Recovery = new()
    {
        Silo = "silo-2",
        Epoch = 2,
        Step = 3,
        LostAt = Start.AddSeconds(30),
        Detected = TimeSpan.FromSeconds(0.12),
        Restored = TimeSpan.FromSeconds(1.9),
        Resumed = TimeSpan.FromSeconds(2.3),
        Replayed = 1,
    };

    /// <summary>Silo 1 hosts the run, silo 2 is leaving, silo 3 is dead.</summary>
    public static readonly System.Collections.Immutable.ImmutableArray<SiloPresence> Silos =
    [
        new SiloPresence { Name = "silo-1", Address = "127.0.0.1:11111", IsAlive = true, DeviceSlots = 2, Hosts = ["controller", "rank 0"] },
        new SiloPresence { Name = "silo-2", Address = "127.0.0.1:11112", IsAlive = true, IsDraining = true, DeviceSlots = 2 },
        new SiloPresence { Name = "silo-3", Address = "127.0.0.1:11113", IsAlive = false, Hosts = ["worker 1"] },
    ];

    public static RunSummary OnACluster(string runId) => Summary(runId, RunStatus.Training) with
    {
        ChainHash = "c0ffee",
        WeightsHash = "bead",
        GroupsConsumed = 32,
        GroupsDropped = 5,
        Epoch = 2,
        Goodput = 0.9375,
        Recoveries = [Recovery],
        Silos = Silos,
        ForkedFrom = "parent-qwerty@3",
    };

    public static CheckpointInfo Checkpoint(int step) => new()
    {
        Name = $"c000040-s{step:d8}",
        Step = step,
        ColdStartSteps = 40,
        WeightsHash = $"{step}abcdef0123456789",
        Tensors = 21,
        Ranks = 2,
        Bytes = 3 << 19,
        IsPinned = false,
        IsCurrent = true,
    };

    public static ReplayedStep Replayed(int step, bool matches) => new()
    {
        Step = step,
        WeightsHash = $"{step}abc",
        Matches = matches,
        Took = TimeSpan.FromSeconds(1.25),
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
