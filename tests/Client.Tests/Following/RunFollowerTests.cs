using SeedOrleans.Client.Following;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Tests.Following;

public sealed class RunFollowerTests
{
    [Fact]
    public async Task Every_event_is_given_once_and_in_order()
    {
        var cluster = new FakeCluster { Runs = { Samples.Summary("first", RunStatus.Succeeded) } };
        cluster.Tell(Samples.Step(1, 0), Samples.Step(2, 0));
        cluster.Tell(Samples.Step(3, 0) with { Kind = RunEventKind.Finished });

        var numbers = new List<long>();
        await foreach (var update in new RunFollower(cluster, TimeProvider.System).FollowAsync("first", TestContext.Current.CancellationToken))
            numbers.AddRange(update.Events.Select(happened => happened.Number));

        Assert.Equal([1, 2, 3], numbers);
    }
}
