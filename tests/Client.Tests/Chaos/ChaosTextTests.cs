using SeedOrleans.Client.Chaos;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Tests.Chaos;

public sealed class ChaosTextTests
{
    private static readonly ChaosBlow Noticed = new()
    {
        Strike = new ChaosStrike(1, "silo-2", TimeSpan.FromSeconds(1.5), Stopped: null),
        Step = 7,
        Hosted = ["rank 0", "worker 1"],
        Cost = new ChaosCost(TimeSpan.FromSeconds(0.125), TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(2.3), Replayed: 1),
    };

    private static readonly ChaosBlow Unnoticed = new()
    {
        Strike = new ChaosStrike(2, "silo-\u001b[31m1", TimeSpan.Zero, TimeSpan.FromSeconds(4.25)),
        Step = 9,
        Hosted = [],
    };

    private static readonly ChaosBlow Worse = Noticed with { Cost = Noticed.Cost! with { NextStep = TimeSpan.FromSeconds(4.3) } };

    private static readonly RunSummary Run = Samples.OnACluster("first-abcdef");

    [Fact]
    public void A_blow_is_a_line()
    {
        Assert.Equal(
            "1  silo-2 killed after step 7, hosting rank 0, worker 1: seen after 0.13 s, restored after 1.90 s, next step after 2.30 s, 1 computed again",
            ChaosText.Line(Noticed));
        Assert.Equal("2  silo-[31m1 stopped for 4.25 s after step 9, hosting nothing of the run: not noticed", ChaosText.Line(Unnoticed));
    }

    [Fact]
    public void The_end_tells_the_distribution() => Assert.Equal(
        [
            "The run is over; 3 of 5 blows fell.",
            "3 blows, 2 noticed, 2 steps computed again, goodput 0.938",
            "           median  worst",
            "seen       0.13 s  0.13 s",
            "restored   1.90 s  1.90 s",
            "next step  3.30 s  4.30 s",
        ],
        ChaosText.End([Noticed, Unnoticed, Worse], 5, Run));

    [Fact]
    public void Blows_are_json_lines()
    {
        Assert.Equal(
            """{"event":"killed","run_id":"first-abcdef","number":1,"silo":"silo-2","delay_s":1.5,"stopped_s":null,"step":7,"hosted":["rank 0","worker 1"],"noticed":true,"detected_s":0.125,"restored_s":1.9,"next_step_s":2.3,"replayed":1}""",
            ChaosText.Json("first-abcdef", Noticed));
        Assert.Equal(
            """{"event":"stopped","run_id":"first-abcdef","number":2,"silo":"silo-\u001B[31m1","delay_s":0,"stopped_s":4.25,"step":9,"hosted":[],"noticed":false,"detected_s":null,"restored_s":null,"next_step_s":null,"replayed":0}""",
            ChaosText.Json("first-abcdef", Unnoticed));
    }

    [Fact]
    public void The_end_is_a_json_line()
    {
        Assert.Equal(
            """{"event":"chaos","run_id":"first-abcdef","status":"training","planned":5,"blows":3,"noticed":2,"detected_s":{"median":0.125,"worst":0.125},"restored_s":{"median":1.9,"worst":1.9},"next_step_s":{"median":3.3,"worst":4.3},"replayed":2,"goodput":0.9375}""",
            ChaosText.EndJson([Noticed, Unnoticed, Worse], 5, Run));
        Assert.Contains("\"next_step_s\":{\"median\":null,\"worst\":null}", ChaosText.EndJson([Unnoticed], 1, Run), StringComparison.Ordinal);
    }
}
