using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Planning.Devices;
using SeedOrleans.Engine.Planning.Memory;

namespace SeedOrleans.Engine.Planning.Layouts;

/// <summary>Tries every layout of a run's training over a pool of devices on paper, one rank on each: what fits, and how fast it is.</summary>
/// <remarks>A function of its arguments: the same devices get the same plan. Needs no tensors.</remarks>
public sealed class LayoutPlanner(ModelConfig config, UpdateLoad load, DevicePool pool, PlanBounds bounds)
{
    /// <summary>Where experts' loads are uneven the busiest rank has so many times its share.</summary>
    private const double ExpertLoad = 1.25;

    private readonly MemoryModel _memory = new(config), _memoryOfOneRound = new(config) { HasManyRounds = false };
    private readonly TimeModel _time = new(config, load, pool.Kind);
    private readonly double[] _expertLoads = [.. Enumerable.Repeat(ExpertLoad, config.Layers)];

    public LayoutPlan Plan()
    {
        List<PlannedLayout> fitting = [], tooLarge = [];
        Dictionary<string, int> impossible = [];
        foreach (var layout in Layouts())
        {
            var problems = Problems(layout);
            foreach (var problem in problems)
                impossible[problem] = impossible.GetValueOrDefault(problem) + 1;

            if (problems.Count > 0)
                continue;

            var shard = _memory.ShardOf(RankMesh.Of(layout));
            foreach (var candidate in Candidates(layout))
            {
                var planned = Planned(candidate, shard);
                (planned.Memory.Total + bounds.TakenMemory <= pool.Kind.UsableMemory ? fitting : tooLarge).Add(planned);
            }
        }

        return new LayoutPlan(
            [.. fitting.OrderBy(planned => Math.Round(planned.Time.Total, 12)).ThenBy(planned => planned.Candidate.Layout.RankCount()).ThenBy(planned => Measures(planned.Candidate.Memory))],
            [.. tooLarge.OrderBy(planned => planned.Memory.Total)], impossible);
    }

    /// <returns>What is to be expected of one candidate, whether it fits or not.</returns>
    public PlannedLayout Planned(LayoutCandidate candidate) => Planned(candidate, _memory.ShardOf(RankMesh.Of(candidate.Layout)));

    private PlannedLayout Planned(LayoutCandidate candidate, ShardPlan shard)
    {
        var memory = MemoryOf(candidate, shard);
        return new PlannedLayout(candidate, memory, _time.Of(candidate, shard, memory));
    }

    /// <returns>Of the first micro-batch or of the second, which has at most as many sequences, but meets what the first has left.</returns>
    private MemoryEstimate MemoryOf(LayoutCandidate candidate, ShardPlan shard)
    {
        var (once, rounds) = (candidate.SequencesAtOnce(load), candidate.Rounds(load));
        var first = Of(_memoryOfOneRound, once);
        if (rounds == 1)
            return first;

        var isFirstAlone = candidate.SequencesARank(load) == (rounds * (once - 1)) + 1;
        var second = Of(_memory, isFirstAlone ? once - 1 : once);
        return second.Total > first.Total ? second : first;

        MemoryEstimate Of(MemoryModel memory, int sequences) => memory.Of(
            RankMesh.Of(candidate.Layout), shard, load.BatchOf(sequences, candidate.Layout.Context), candidate.Memory,
            candidate.Layout.Expert > 1 ? _expertLoads : null);
    }

    /// <returns>All meshes over all devices; where one rank a device cannot be, over as many as can.</returns>
    private IEnumerable<LayoutSpec> Layouts()
    {
        int[] worlds = pool.Kind.IsCore ? [.. Enumerable.Range(1, pool.Count)] : [.. Divisors(pool.Count)];
        return from world in worlds
               from tensor in Divisors(world)
               from context in Divisors(world / tensor)
               from expert in Divisors(world)
               where expert == 1 || config.Experts > 0
               select new LayoutSpec { Data = world / tensor / context, Context = context, Tensor = tensor, Expert = expert };
    }

    private List<string> Problems(LayoutSpec layout)
    {
        List<string> problems = [.. ShardPlan.Problems(config, RankMesh.Of(layout))];
        if (layout.Data > load.Sequences)
            problems.Add($"{layout.Data} data ranks cannot share the {load.Sequences} sequences of an update");

        if (layout.Tensor > pool.Kind.NodeDevices)
            problems.Add($"{layout.Tensor} tensor ranks are more than the {pool.Kind.NodeDevices} devices of a machine");

        if (layout.Context * 2 > load.Fed)
            problems.Add($"{layout.Context} context ranks cannot share {load.Fed} tokens");

        return problems;
    }

    private IEnumerable<LayoutCandidate> Candidates(LayoutSpec layout)
    {
        if (bounds.KeepsTheRest)
            return [new LayoutCandidate(layout, bounds.Memory, bounds.MostMicroBatchTokens)];

        var given = bounds.Memory;
        return from tokens in Budgets().DistinctBy(tokens => new LayoutCandidate(layout, given, tokens).SequencesAtOnce(load))
               from recompute in Choices(given.RecomputeEvery > 0, [given.RecomputeEvery], [0, 2, 1])
               from selective in Choices(given.RecomputeActivations || recompute == 1, [given.RecomputeActivations], [false, true])
               from reshard in Choices(given.ReshardAfterForward || layout.RankCount() == 1, [given.ReshardAfterForward], [false, true])
               from optimizer in Choices(given.OffloadOptimizer, [true], [false, true])
               from activations in Choices(given.OffloadActivations || recompute == 0, [given.OffloadActivations], [false, true])
               select new LayoutCandidate(
                   layout,
                   new MemorySpec
                   {
                       RecomputeEvery = recompute,
                       RecomputeActivations = selective,
                       ReshardAfterForward = reshard,
                       OffloadOptimizer = optimizer,
                       OffloadActivations = activations,
                   },
                   tokens);
    }

    /// <returns>The most that is allowed, and halves of it down to one sequence.</returns>
    private IEnumerable<int> Budgets()
    {
        for (var tokens = bounds.MostMicroBatchTokens; tokens > load.Fed; tokens /= 2)
            yield return tokens;

        yield return load.Fed + 1;
    }

    private static T[] Choices<T>(bool isGiven, T[] given, T[] all) => isGiven ? given : all;

    private static int Measures(MemorySpec memory) =>
        (memory.RecomputeEvery > 0 ? 1 : 0) + (memory.RecomputeActivations ? 1 : 0) + (memory.ReshardAfterForward ? 1 : 0) + (memory.OffloadOptimizer ? 1 : 0) + (memory.OffloadActivations ? 1 : 0);

    private static IEnumerable<int> Divisors(int number) => Enumerable.Range(1, number).Where(divisor => number % divisor == 0);
}
