using SeedOrleans.Client.LocalClusters;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Tests.Commands;

/// <summary>Clusters whose one silo is this test process, or a process that has ended.</summary>
public sealed class ClusterCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();
    private readonly string _data = Directory.CreateTempSubdirectory("seed-test-").FullName;

    public void Dispose()
    {
        _seed.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Status_shows_which_runs_have_actors_where()
    {
        Cluster(alive: true);
        _seed.Cluster.Runs.AddRange([Samples.OnACluster("first-abcdef"), Samples.OnACluster("over-abcdef") with { Status = RunStatus.Succeeded }]);

        Assert.Equal(0, await _seed.RunAsync("cluster", "status", "--data", _data));

        Assert.StartsWith("silo-1  alive  process ", _seed.Lines[0], StringComparison.Ordinal);
        Assert.Equal(["first-abcdef  silo-1  alive  controller, rank 0", "first-abcdef  silo-3  dead  worker 1"], _seed.Lines[1..]);
        Assert.Equal("/store", _seed.Cluster.Place!.Storage);
    }

    [Fact]
    public async Task Status_of_a_cluster_that_does_not_answer_says_so_and_is_fine()
    {
        Cluster(alive: true);
        _seed.Cluster.IsReachable = false;

        Assert.Equal(0, await _seed.RunAsync("cluster", "status", "--data", _data));
        Assert.Equal("the cluster does not answer at the moment", _seed.Lines[^1]);
    }

    [Fact]
    public async Task Status_asks_nobody_where_no_silo_lives()
    {
        Cluster(alive: false);

        Assert.Equal(0, await _seed.RunAsync("cluster", "status", "--data", _data));
        Assert.StartsWith("silo-1  dead", Assert.Single(_seed.Lines), StringComparison.Ordinal);
        Assert.Null(_seed.Cluster.Place);
    }

    [Theory]
    [InlineData("cluster", "status")]
    [InlineData("cluster", "kill", "silo-1")]
    [InlineData("cluster", "down")]
    [InlineData("chaos", "first")]
    public async Task A_cluster_that_is_not_there_is_3(params string[] arguments)
    {
        Assert.Equal(3, await _seed.RunAsync([.. arguments, "--data", _data]));
        Assert.Contains("seed cluster up", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chaos_needs_a_living_silo_a_reachable_cluster_and_a_run_that_goes_on()
    {
        Cluster(alive: false);
        Assert.Equal(3, await _seed.RunAsync("chaos", "first", "--data", _data));

        Cluster(alive: true);
        Assert.Equal(3, await _seed.RunAsync("chaos", "first", "--data", _data));

        _seed.Cluster.Runs.Add(Samples.Summary("first-abcdef", RunStatus.Succeeded));
        Assert.Equal(2, await _seed.RunAsync("chaos", "first", "--data", _data));
        Assert.Contains("first-abcdef is over", _seed.Error, StringComparison.Ordinal);

        _seed.Cluster.IsReachable = false;
        Assert.Equal(4, await _seed.RunAsync("chaos", "first", "--data", _data));
    }

    [Theory]
    [InlineData("chaos", "first", "--kills", "0")]
    [InlineData("chaos", "first", "--stop-share", "1.5")]
    [InlineData("chaos", "first", "--within", "-1")]
    [InlineData("chaos", "first", "--seed", "x")]
    [InlineData("chaos")]
    [InlineData("cluster", "up", "--silos", "0")]
    [InlineData("cluster", "up", "--storage", "azure:nonsense")]
    [InlineData("cluster", "up", "--slots", "0")]
    [InlineData("cluster", "add", "--slots", "-1")]
    [InlineData("cluster", "add", "--slots", "many")]
    public async Task Wrong_usage_is_2(params string[] arguments)
    {
        Assert.Equal(2, await _seed.RunAsync([.. arguments, "--data", _data]));
        Assert.Empty(_seed.Output);
    }

    private void Cluster(bool alive) => new LocalClusterFile(
        "/store", [new LocalSilo("silo-1", Environment.ProcessId, alive ? ProcessTable.StartOf(Environment.ProcessId)!.Value : 0, 11111, 30000)]).Save(_data);
}
