using System.Text.Json;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Tests.Commands;

public sealed class CheckpointsCommandTests : IDisposable
{
    private const string Cold = "c000040-s00000000", Tenth = "c000040-s00000010", Twelfth = "c000040-s00000012";

    private readonly CommandRunner _seed = new();

    public CheckpointsCommandTests() => _seed.Cluster.Runs.Add(Samples.Summary("first-abcdef", RunStatus.Training));

    public static TheoryData<string> Commands =>
    [
        "ls first", $"show first {Tenth}", "verify first", $"pin first {Tenth}", $"unpin first {Tenth}", $"rm first {Tenth}", "gc first",
    ];

    private FakeCheckpoints Checkpoints => _seed.Cluster.Checkpoints;

    public void Dispose() => _seed.Dispose();

    [Fact]
    public async Task A_list_has_a_line_a_checkpoint()
    {
        Checkpoints.All[0] = Checkpoints.All[0] with { IsCurrent = false };

        Assert.Equal(0, await SeedAsync("ls", "first"));
        Assert.Equal(
            [
                "CHECKPOINT         STEP           WEIGHTS        TENSORS  RANKS  SIZE",
                "c000040-s00000000  cold start 40  0abcdef01234…  21       2      1.5 MiB  not on the run's history",
                "c000040-s00000010  10             10abcdef0123…  21       2      1.5 MiB  pinned",
                "c000040-s00000012  12             12abcdef0123…  21       2      1.5 MiB",
            ],
            _seed.Lines);
    }

    [Fact]
    public async Task A_list_is_json_lines_too()
    {
        Assert.Equal(0, await SeedAsync("ls", "first", "--json"));
        Assert.Equal(
            """{"checkpoint":"c000040-s00000010","step":10,"cold_start_steps":40,"weights_hash":"10abcdef0123456789","tensors":21,"ranks":2,"bytes":1572864,"pinned":true,"current":true}""",
            _seed.Lines[1]);
    }

    [Fact]
    public async Task A_manifest_is_shown_as_it_is_and_on_one_line()
    {
        Checkpoints.Manifest = "{\n  \"step\": 10, \"note\": \"\u001b\"\n}";
        Assert.Equal(0, await SeedAsync("show", "first", Tenth));
        Assert.Equal(["{", "  \"step\": 10, \"note\": \"\\u{1b}\"", "}"], _seed.Lines);

        Checkpoints.Manifest = "{\n  \"step\": 10\n}";
        using var lines = new CommandRunner();
        lines.Cluster.Runs.AddRange(_seed.Cluster.Runs);
        Assert.Equal(0, await lines.RunAsync("checkpoints", "show", "first", Tenth, "--json"));
        Assert.Equal("""{"step":10}""", lines.Output.Trim());
    }

    [Fact]
    public async Task All_checkpoints_are_verified_unless_one_is_named()
    {
        Assert.Equal(0, await SeedAsync("verify", "first"));
        Assert.Equal(0, await SeedAsync("verify", "first", Twelfth));

        Assert.Equal([$"verify {Cold}", $"verify {Tenth}", $"verify {Twelfth}", $"verify {Twelfth}"], Checkpoints.Calls);
        Assert.Equal($"{Twelfth}  ok", _seed.Lines[^1]);
    }

    [Fact]
    public async Task Damage_is_1_with_what_is_wrong_and_the_others_are_checked_all_the_same()
    {
        Checkpoints.Damage[Tenth] = "bytes 0 to 64 of rank-0.safetensors are not what was written";

        Assert.Equal(1, await SeedAsync("verify", "first"));
        Assert.Equal([$"{Cold}  ok", $"{Tenth}  damaged", $"  {Checkpoints.Damage[Tenth]}", $"{Twelfth}  ok"], _seed.Lines);

        Assert.Equal(1, await SeedAsync("verify", "first", Tenth, "--json"));
        var line = JsonDocument.Parse(_seed.Lines[^1]).RootElement;
        Assert.False(line.GetProperty("ok").GetBoolean());
        Assert.Equal(Checkpoints.Damage[Tenth], line.GetProperty("problems")[0].GetString());
    }

    [Fact]
    public async Task Checkpoints_are_pinned_unpinned_and_removed_by_a_beginning_of_their_name()
    {
        Assert.Equal(0, await SeedAsync("pin", "first", Cold));
        Assert.Equal(0, await SeedAsync("unpin", "first", Cold));
        Assert.Equal(0, await SeedAsync("rm", "first", "c000040-s000000000"[..^1]));
        Assert.Equal(0, await SeedAsync("rm", "first", Twelfth, "--json"));

        Assert.Equal([$"pin {Cold}", $"unpin {Cold}", $"rm {Cold}", $"rm {Twelfth}"], Checkpoints.Calls);
        Assert.Equal(
            [$"pinned {Cold}", $"unpinned {Cold}", $"removed {Cold}", $$"""{"event":"removed","checkpoint":"{{Twelfth}}"}"""], _seed.Lines);
    }

    [Fact]
    public async Task Garbage_is_named_when_it_is_gone()
    {
        Assert.Equal(0, await SeedAsync("gc", "first"));
        Assert.Equal("nothing to remove", _seed.Lines[^1]);

        Checkpoints.Garbage = [$"{Cold}/rank-0.safetensors"];
        Assert.Equal(0, await SeedAsync("gc", "first"));
        Assert.Equal($"removed {Cold}/rank-0.safetensors", _seed.Lines[^1]);
        Assert.Equal(0, await SeedAsync("gc", "first", "--json"));
        Assert.Equal($$"""{"removed":"{{Cold}}/rank-0.safetensors"}""", _seed.Lines[^1]);
    }

    [Theory]
    [InlineData("pin", "first", Tenth)]
    [InlineData("rm", "first", Tenth)]
    [InlineData("gc", "first")]
    public async Task A_refusal_is_2_with_the_reason(params string[] arguments)
    {
        Checkpoints.Refusal = "it is the newest of an unfinished run";

        Assert.Equal(2, await SeedAsync(arguments));
        Assert.Equal("it is the newest of an unfinished run", _seed.Error.Trim());
        Assert.Empty(_seed.Output);
    }

    [Theory]
    [InlineData("show", "first", "c9")]
    [InlineData("verify", "first", "c9")]
    [InlineData("rm", "first", "c9")]
    public async Task A_checkpoint_that_is_not_there_is_3(params string[] arguments)
    {
        Assert.Equal(3, await SeedAsync(arguments));
        Assert.Contains("seed checkpoints ls", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_beginning_that_several_have_is_refused()
    {
        Assert.Equal(2, await SeedAsync("rm", "first", "c000040-s0000001"));

        Assert.Contains($"{Tenth}, {Twelfth}", _seed.Error, StringComparison.Ordinal);
        Assert.Empty(Checkpoints.Calls);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_run_that_is_not_there_is_3(string command)
    {
        _seed.Cluster.Runs.Clear();

        Assert.Equal(3, await SeedAsync(command.Split(' ')));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_unreachable_cluster_is_4(string command)
    {
        _seed.Cluster.IsReachable = false;

        Assert.Equal(4, await SeedAsync(command.Split(' ')));
    }

    [Theory]
    [InlineData]
    [InlineData("ls")]
    [InlineData("show", "first")]
    [InlineData("rm", "first")]
    [InlineData("pin", "first", "a", "b")]
    public async Task Wrong_usage_is_2(params string[] arguments)
    {
        Assert.Equal(2, await SeedAsync(arguments));
        Assert.Empty(_seed.Output);
    }

    private Task<int> SeedAsync(params string[] arguments) => _seed.RunAsync(["checkpoints", .. arguments]);
}
