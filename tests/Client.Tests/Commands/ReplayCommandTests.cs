using SeedOrleans.Domain.Runs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Tests.Commands;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();

    public ReplayCommandTests() => _seed.Cluster.Runs.Add(Samples.Summary("first-abcdef", RunStatus.Succeeded));

    private FakeReplay Replay => _seed.Cluster.Replay;

    public void Dispose() => _seed.Dispose();

    [Fact]
    public async Task A_replay_prints_a_line_a_step_and_frees_its_devices()
    {
        Replay.Steps.AddRange([Samples.Replayed(2, matches: true), Samples.Replayed(3, matches: true) with { Dump = "/runs/first/replays/3" }]);

        Assert.Equal(0, await ReplayAsync("--from", "2", "--to", "3", "--verify", "--dump"));

        Assert.Equal(new ReplayOrder(2, 3, Dump: true), Replay.Order);
        Assert.Equal(
            ["step 2  2abc  ok  1.25 s", "step 3  3abc  ok  1.25 s  /runs/first/replays/3", "2 steps, all as they were committed"], _seed.Lines);
        Assert.Equal(1, Replay.Disposed);
    }

    [Fact]
    public async Task A_replay_is_json_lines_too()
    {
        Replay.Steps.Add(Samples.Replayed(2, matches: false));

        Assert.Equal(0, await ReplayAsync("--from", "2", "--json"));

        Assert.Equal(new ReplayOrder(2, 2, Dump: false), Replay.Order);
        Assert.Equal(
            [
                """{"event":"replayed_step","run_id":"first-abcdef","step":2,"weights_hash":"2abc","matches":false,"seconds":1.25}""",
                """{"event":"replayed","run_id":"first-abcdef","steps":1,"different":1}""",
            ],
            _seed.Lines);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_difference_is_1_where_it_is_asked_for(bool verify, int code)
    {
        Replay.Steps.AddRange([Samples.Replayed(2, matches: true), Samples.Replayed(3, matches: false)]);

        Assert.Equal(code, await ReplayAsync(["--from", "2", "--to", "3", .. verify ? (string[])["--verify"] : []]));
        Assert.Equal("2 steps, 1 not as they were committed", _seed.Lines[^1]);
    }

    [Fact]
    public async Task A_replay_that_fails_is_1_with_the_reason()
    {
        Replay.Error = "the checkpoint is damaged";

        Assert.Equal(1, await ReplayAsync("--from", "2"));
        Assert.Equal("the checkpoint is damaged", _seed.Error.Trim());
        Assert.Equal(1, Replay.Disposed);
    }

    [Fact]
    public async Task An_interrupted_replay_is_stopped()
    {
        Replay.NeverEnds = true;
        Replay.OnQuestion = _seed.Interruption.Cancel;

        Assert.Equal(130, await ReplayAsync("--from", "2"));
        Assert.Equal(1, Replay.Disposed);
    }

    [Fact]
    public async Task A_refusal_is_2_with_the_reason()
    {
        _seed.Cluster.Refusal = new RunRefusedException("step 9 is not committed");

        Assert.Equal(2, await ReplayAsync("--from", "9"));
        Assert.Equal("step 9 is not committed", _seed.Error.Trim());
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_3() => Assert.Equal(3, await _seed.RunAsync("replay", "absent", "--from", "1"));

    [Fact]
    public async Task An_unreachable_cluster_is_4()
    {
        _seed.Cluster.IsReachable = false;

        Assert.Equal(4, await ReplayAsync("--from", "1"));
    }

    [Theory]
    [InlineData]
    [InlineData("--to", "3")]
    [InlineData("--from", "0")]
    [InlineData("--from", "x")]
    [InlineData("--from", "3", "--to", "2")]
    public async Task Wrong_usage_is_2(params string[] arguments)
    {
        Assert.Equal(2, await ReplayAsync(arguments));
        Assert.Empty(_seed.Output);
        Assert.Null(Replay.Order);
    }

    private Task<int> ReplayAsync(params string[] arguments) => _seed.RunAsync(["replay", "first", .. arguments]);
}
