using SeedOrleans.Domain.Specs;
using SeedOrleans.GrainInterfaces.Training;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Tests.Training;

public sealed class RankGroupDeathTests(ScriptedRanks silos) : IClassFixture<ScriptedRanks>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The ranks of a dead silo are nobody's until a next life of the controller starts all of them again.</summary>
    [Fact]
    public async Task A_dead_silo_is_a_loss_of_actors_and_the_next_life_finds_all_ranks()
    {
        var ranks = silos.Group("dying");
        await ranks.StartAsync("", silos.Spread(), Cancellation);
        await UpdateAsync();

        await silos.KillAsync(2);

        var loss = await Assert.ThrowsAnyAsync<Exception>(UpdateAsync);
        Assert.True(LossOfActors.Is(loss), $"{loss}");

        ranks = silos.Group("dying", epoch: 2);
        await ranks.StartAsync("", [], Cancellation);
        await UpdateAsync();
        Assert.Equal(2, ranks.Places.Distinct().Count());

        Task UpdateAsync() => ranks.UpdateAsync(TrainingPhase.Reinforcement, [], new OptimizerSpec { LearningRate = 1e-3 }, 1e-3, Cancellation);
    }
}
