using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Tests.Training;

public sealed class RankGroupTests(ScriptedRanks silos) : IClassFixture<ScriptedRanks>
{
    private const int Ranks = 6;

    private static readonly TrainingSequence[] Batch = [.. Enumerable.Range(1, 7).Select(number => new TrainingSequence
    {
        PromptTokens = [number],
        ResponseTokens = [.. Enumerable.Range(0, number)],
        TokenWeight = number,
    })];

    private readonly string _run = $"run-{Guid.NewGuid():n}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RankScript Script => RankScript.Of(_run);

    [Fact]
    public async Task Reports_of_all_silos_add_up_in_the_order_of_ranks()
    {
        var report = await UpdateAsync(await StartedAsync(), Cancellation);

        var thirds = Enumerable.Range(0, Ranks).Aggregate(0.0, (sum, rank) => sum + (rank / 3.0));
        Assert.Equal(thirds, report.Means["loss"]);
        Assert.Equal(3, report.Means["of rank 1"]);
        Assert.Equal((0.5, 14, 60), (report.GradientNorm, report.ResponseTokens, report.FedTokens));
        Assert.Equal(thirds / 14, report.ProbabilityDifferenceMean);
        Assert.Equal((5, 6, 105), (report.LogProbDifferenceMax, report.MaxExpertLoad, report.PeakBytes));
    }

    [Fact]
    public async Task Placement_changes_no_bit_of_a_report()
    {
        var spread = await UpdateAsync(await StartedAsync(), Cancellation);
        var together = silos.Group($"{_run}-together");
        await together.StartAsync("", [.. Enumerable.Repeat(silos.Addresses[1], Ranks)], Cancellation);

        var report = await UpdateAsync(together, Cancellation);

        Assert.Equal(spread.Means.OrderBy(mean => mean.Key, StringComparer.Ordinal), report.Means.OrderBy(mean => mean.Key, StringComparer.Ordinal));
        Assert.Equal(spread.LogProbDifferenceMean, report.LogProbDifferenceMean);
    }

    [Fact]
    public async Task Ranks_of_one_place_have_one_share_and_all_places_together_the_batch()
    {
        await UpdateAsync(await StartedAsync(), Cancellation);

        int[][] shares = [.. Enumerable.Range(0, Ranks).Select(rank => Script.Shares[rank].Select(sequence => sequence.ResponseTokens.Length).ToArray())];
        for (var place = 0; place < Ranks; place += 2)
            Assert.Equal(shares[place], shares[place + 1]);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], shares.Where((_, rank) => rank % 2 == 0).SelectMany(share => share).Order());
    }

    [Fact]
    public async Task Every_sequence_gets_its_own_score()
    {
        var scored = await (await StartedAsync()).RescoreAsync([.. Batch], Cancellation);

        Assert.Equal(Batch.Select(sequence => (float)sequence.TokenWeight), scored.Select(sequence => sequence.RolloutLogProbs.Single()));
    }

    [Fact]
    public async Task Every_rank_writes_its_part_of_a_checkpoint()
    {
        var ranks = await StartedAsync();
        await ranks.CopyCheckpointAsync("checkpoint", Cancellation);

        var written = await ranks.WriteCheckpointAsync("checkpoint", Cancellation);

        Assert.Equal(Enumerable.Range(0, Ranks).Select(rank => $"tensor {rank}"), written.Select(shard => shard.Tensor).Order());
    }

    [Fact]
    public async Task A_failure_names_the_rank_that_failed_and_why()
    {
        var ranks = await StartedAsync();
        Script.Work = (rank, _) => rank == 4 ? throw new InvalidOperationException("No room.") : Task.CompletedTask;

        var failure = await Assert.ThrowsAsync<PeerFailedException>(() => UpdateAsync(ranks, Cancellation));

        Assert.StartsWith("Rank 4 failed: No room.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_differ_between_silos_are_found()
    {
        var ranks = await StartedAsync();
        Assert.Equal("12345678", await ranks.HashAsync(Cancellation));
        Script.Hash = rank => rank == 5 ? "87654321" : "12345678";

        await Assert.ThrowsAsync<RanksDifferException>(() => ranks.HashAsync(Cancellation));
    }

    [Fact]
    public async Task An_older_epoch_is_refused_once_a_newer_one_has_started()
    {
        var old = await StartedAsync();
        var next = silos.Group(_run, epoch: 2);
        await next.StartAsync("", silos.Spread(), Cancellation);

        await Assert.ThrowsAsync<LostActorException>(() => UpdateAsync(old, Cancellation));
        await Assert.ThrowsAsync<LostActorException>(() => old.PublishAsync(PolicyVersion.Initial, Cancellation));
        await UpdateAsync(next, Cancellation);
    }

    [Fact]
    public async Task Cancelling_reaches_every_rank()
    {
        var ranks = await StartedAsync();
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var (working, released) = (new CountdownEvent(Ranks), new CountdownEvent(Ranks));
        Script.Work = async (_, cancelled) =>
        {
            working.Signal();
            try
            {
                await Task.Delay(Timeout.Infinite, cancelled);
            }
            finally
            {
                released.Signal();
            }
        };
        var update = UpdateAsync(ranks, cancelling.Token);
        await Task.Run(() => working.Wait(Cancellation), Cancellation);

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => update);
        await Task.Run(() => released.Wait(Cancellation), Cancellation);
    }

    [Fact]
    public async Task A_rank_that_has_moved_is_found_where_it_is()
    {
        var ranks = await StartedAsync();
        var moving = silos.Grains.GetGrain<IRankGrain>(RunKeys.Rank(_run, RunKeys.Policy, 1));
        await moving.StopAsync(1, Cancellation);
        await Assert.ThrowsAsync<LostActorException>(() => UpdateAsync(ranks, Cancellation));

        var place = await GrainPlaces.BringAsync(moving, silos.Addresses[2], Cancellation);
        await moving.StartAsync(OrderOf(rank: 1), Cancellation);

        Assert.NotEqual(ranks.Places[1].Silo, place.Silo);
        Assert.Equal(14, (await UpdateAsync(ranks, Cancellation)).ResponseTokens);
    }

    private async Task<RankGroup> StartedAsync()
    {
        var ranks = silos.Group(_run);
        await ranks.StartAsync("", silos.Spread(), Cancellation);
        Assert.Equal(ScriptedRanks.Silos, ranks.Places.Distinct().Count());
        return ranks;
    }

    private static RankOrder OrderOf(int rank) => new()
    {
        RunId = "",
        Rank = rank,
        Spec = TinySpecs.Addition,
        Epoch = 1,
        Checkpoint = "",
        Peers = [],
    };

    private static Task<UpdateReport> UpdateAsync(RankGroup ranks, CancellationToken cancellationToken) =>
        ranks.UpdateAsync(TrainingPhase.Reinforcement, Batch, new OptimizerSpec { LearningRate = 1e-3 }, 1e-3, cancellationToken);
}
