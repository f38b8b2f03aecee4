using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Planning.Devices;
using SeedOrleans.Engine.Planning.Layouts;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Planning;

public sealed class LayoutPlannerTests
{
    private static readonly UpdateLoad Load = new(Sequences: 64, PromptTokens: 512, ResponseTokens: 3585);

    private static readonly PlanBounds Free = new(MostMicroBatchTokens: 32_768, new MemorySpec());

    /// <summary>Of the size and shape of a public model with 8 billion parameters.</summary>
    private static readonly ModelConfig EightBillion = new()
    {
        Architecture = ModelArchitecture.Qwen3,
        VocabularySize = 151_936,
        HiddenSize = 4096,
        IntermediateSize = 12_288,
        Layers = 36,
        AttentionHeads = 32,
        KeyValueHeads = 8,
        HeadDim = 128,
        MaxPositions = 40_960,
        QkNorm = true,
        Dtype = ScalarType.BFloat16,
    };

    private static readonly ModelConfig Sparse = EightBillion with
    {
        Architecture = ModelArchitecture.Qwen3Moe,
        Experts = 64,
        ExpertsPerToken = 4,
        MoeIntermediateSize = 1024,
        NormalizeTopK = true,
    };

    [Fact]
    public void Eight_billion_parameters_fit_eight_large_devices_and_not_one()
    {
        var plan = PlanFor(EightBillion, "8xH100");

        Assert.NotNull(plan.Best);
        Assert.Null(PlanFor(EightBillion, "1xH100", new PlanBounds(32_768, new MemorySpec()) { KeepsTheRest = true }).Best);
        Assert.NotEmpty(plan.TooLarge);
    }

    [Theory]
    [InlineData("8xH100")]
    [InlineData("16xA100-40")]
    [InlineData("64xH100")]
    public void Whatever_is_ranked_fits_and_is_possible(string devices)
    {
        var pool = DevicePool.Parse(devices)!;
        foreach (var config in (ModelConfig[])[EightBillion, Sparse])
        {
            var plan = PlanFor(config, devices);

            Assert.NotEmpty(plan.Ranked);
            Assert.All(plan.Ranked, planned =>
            {
                Assert.InRange(planned.Memory.Total, 1, (long)pool.Kind.UsableMemory);
                Assert.Equal(0, pool.Count % planned.Candidate.Layout.RankCount());
                Assert.Empty(ShardPlan.Problems(config, RankMesh.Of(planned.Candidate.Layout)));
                Assert.InRange(planned.Candidate.MicroBatchTokens, Load.Fed, Free.MostMicroBatchTokens);
            });
            Assert.Equal(plan.Ranked.Select(planned => planned.Time.Total), plan.Ranked.Select(planned => planned.Time.Total).Order(), Nearly);
        }
    }

    [Fact]
    public void Less_memory_means_more_measures()
    {
        var (large, small) = (PlanFor(EightBillion, "8xH200").Best!, PlanFor(EightBillion, "8xA100-40").Best!);

        Assert.Equal(0, large.Candidate.Memory.RecomputeEvery);
        Assert.True(small.Candidate.Memory.RecomputeEvery > 0 || small.Candidate.Layout.Tensor > large.Candidate.Layout.Tensor);
        Assert.True(small.Memory.Total < large.Memory.Total);
    }

    [Fact]
    public void What_the_spec_asks_for_anyhow_is_kept()
    {
        var given = new MemorySpec { ReshardAfterForward = true, RecomputeEvery = 3, OffloadOptimizer = true };

        Assert.All(PlanFor(EightBillion, "8xH100", new PlanBounds(32_768, given)).Ranked, planned =>
            Assert.Equal(given, planned.Candidate.Memory with { OffloadActivations = false, RecomputeActivations = false }));
    }

    [Fact]
    public void Nothing_but_the_layout_is_chosen_where_the_rest_is_to_stay()
    {
        var bounds = new PlanBounds(8192, new MemorySpec { RecomputeEvery = 1 }) { KeepsTheRest = true };

        Assert.All(PlanFor(EightBillion, "8xH100", bounds).Ranked, planned =>
            Assert.Equal((8192, bounds.Memory), (planned.Candidate.MicroBatchTokens, planned.Candidate.Memory)));
    }

    [Fact]
    public void The_same_devices_get_the_same_plan() =>
        Assert.Equal(PlanFor(Sparse, "16xH100").Ranked, PlanFor(Sparse, "16xH100").Ranked);

    [Fact]
    public void Why_a_mesh_is_impossible_is_said()
    {
        var impossible = PlanFor(EightBillion, "64xH100", load: Load with { Sequences = 8 }).Impossible.Keys;

        Assert.Contains(impossible, reason => reason.Contains("8 key-value heads cannot be dealt to 16 tensor ranks", StringComparison.Ordinal));
        Assert.Contains(impossible, reason => reason.Contains("64 data ranks cannot share the 8 sequences", StringComparison.Ordinal));
        Assert.Contains(impossible, reason => reason.Contains("16 tensor ranks are more than the 8 devices of a machine", StringComparison.Ordinal));
    }

    /// <summary>One rank idles while the others have a sequence more.</summary>
    [Fact]
    public void Uneven_shares_leave_ranks_idle()
    {
        var planner = new LayoutPlanner(EightBillion, Load with { Sequences = 9 }, DevicePool.Parse("8xH200")!, Free);
        var time = planner.Planned(new LayoutCandidate(new LayoutSpec { Data = 8 }, new MemorySpec(), 4096)).Time;

        Assert.Equal(7.0 / 16, time.Idle / (time.Idle + time.Compute), tolerance: 1e-9);
    }

    private static LayoutPlan PlanFor(ModelConfig config, string devices, PlanBounds? bounds = null, UpdateLoad? load = null) =>
        new LayoutPlanner(config, load ?? Load, DevicePool.Parse(devices)!, bounds ?? Free).Plan();

    private static bool Nearly(double left, double right) => Math.Abs(left - right) < 1e-9;
}
