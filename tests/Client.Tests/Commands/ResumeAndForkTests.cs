using System.Text.Json;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Tests.Commands;

public sealed class ResumeAndForkTests : IDisposable
{
    private readonly CommandRunner _seed = new();

    public ResumeAndForkTests()
    {
        _seed.Cluster.Runs.Add(Samples.Summary("other-abcdef", RunStatus.Stopped));
        _seed.Cluster.Spec = RunSpecReader.Parse(CommandRunner.Spec, "first.yaml", [], new Dictionary<string, int> { ["addition"] = 20 }).Spec!;
    }

    public void Dispose() => _seed.Dispose();

    [Theory]
    [InlineData("other", null, "other-abcdef goes on from step 4")]
    [InlineData("other@2", 2, "other-abcdef goes on from step 2")]
    public async Task A_run_is_resumed_where_it_ended_or_at_a_step(string run, int? step, string line)
    {
        Assert.Equal(0, await _seed.RunAsync("resume", run));

        Assert.Equal([("other-abcdef", step)], _seed.Cluster.Resumed);
        Assert.Equal(line, _seed.Output.Trim());
    }

    [Fact]
    public async Task A_run_goes_on_under_another_layout_whose_other_axes_stay()
    {
        _seed.Cluster.Spec = _seed.Cluster.Spec with { Layout = new LayoutSpec { Data = 3, Context = 2 } };

        Assert.Equal(0, await _seed.RunAsync("resume", "other", "--layout", "data=1,tensor=2"));

        Assert.Equal(new LayoutSpec { Data = 1, Context = 2, Tensor = 2 }, _seed.Cluster.Layout);
    }

    [Theory]
    [InlineData("width=2", "'width=2'")]
    [InlineData("data=2,tensor=0", "'tensor=0'")]
    [InlineData("data", "'data'")]
    [InlineData("", "''")]
    public async Task What_is_no_layout_is_refused(string layout, string named)
    {
        Assert.Equal(2, await _seed.RunAsync("resume", "other", "--layout", layout));

        Assert.Contains(named, _seed.Error, StringComparison.Ordinal);
        Assert.Empty(_seed.Cluster.Resumed);
    }

    [Fact]
    public async Task Resuming_says_so_in_json()
    {
        Assert.Equal(0, await _seed.RunAsync("resume", "other@2", "--json"));
        Assert.Equal("""{"event":"resumed","run_id":"other-abcdef","step":2}""", _seed.Output.Trim());
    }

    /// <summary>Its end before is among the events of a run that was resumed.</summary>
    [Fact]
    public async Task A_resumed_run_is_watched_to_its_new_end()
    {
        _seed.Cluster.Tell(Samples.Step(1, 0.5), Samples.Step(2, 0) with { Kind = RunEventKind.Finished, Message = "stopped" });
        _seed.Cluster.Tell(Samples.Step(3, 0.75));

        Assert.Equal(0, await _seed.RunAsync("resume", "other", "--watch", "--json"));

        Assert.Equal(["training_step", "training_step", "finished"], _seed.Lines.Select(EventOf));
    }

    [Fact]
    public async Task A_fork_has_the_spec_of_its_parent_with_the_changes()
    {
        Assert.Equal(0, await _seed.RunAsync("fork", "other@3", "training.optimizer.learning_rate=1e-5", "name=warmer"));

        Assert.Equal(("other-abcdef", 3), _seed.Cluster.ForkedFrom);
        var expected = _seed.Cluster.Spec with
        {
            Name = "warmer",
            Training = _seed.Cluster.Spec.Training with { Optimizer = _seed.Cluster.Spec.Training.Optimizer with { LearningRate = 1e-5 } },
        };
        Assert.Equal(Client.Views.RunJson.Spec(expected), Client.Views.RunJson.Spec(_seed.Cluster.Submitted!));
        Assert.Equal("first-abcdef", _seed.Output.Trim());
    }

    [Fact]
    public async Task A_fork_is_followed_if_that_is_wanted()
    {
        _seed.Cluster.Tell(Samples.Step(4, 0.5));

        Assert.Equal(0, await _seed.RunAsync("fork", "other@3", "--watch", "--json"));
        Assert.Equal(["submitted", "training_step", "finished"], _seed.Lines.Select(EventOf));
    }

    [Fact]
    public async Task Every_mistake_in_the_changes_of_a_fork_is_named()
    {
        Assert.Equal(2, await _seed.RunAsync("fork", "other@3", "training.stpes=1", "seed=x"));

        Assert.Equal(
            ["command line: training.stpes: no such key; did you mean 'steps'?", "command line: seed: must be a whole number, and is 'x'"],
            _seed.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Reverse());
        Assert.Null(_seed.Cluster.ForkedFrom);
    }

    [Fact]
    public async Task A_file_that_a_parents_spec_names_and_that_is_gone_is_named_with_the_parent()
    {
        _seed.Cluster.Spec = _seed.Cluster.Spec with { Data = _seed.Cluster.Spec.Data with { Train = [new DataSource { File = "/nowhere/sums.jsonl" }] } };

        Assert.Equal(2, await _seed.RunAsync("fork", "other@3"));
        Assert.Matches("^spec of other-abcdef:[0-9]+: data.train.0.file: no such file: /nowhere/sums.jsonl", _seed.Error.Trim());
    }

    [Theory]
    [InlineData("resume", "other")]
    [InlineData("fork", "other@3")]
    public async Task A_refusal_is_2_with_the_reason(params string[] arguments)
    {
        _seed.Cluster.Refusal = new RunRefusedException("step 3 was never committed");

        Assert.Equal(2, await _seed.RunAsync(arguments));
        Assert.Equal("step 3 was never committed", _seed.Error.Trim());
        Assert.Empty(_seed.Output);
    }

    [Theory]
    [InlineData("resume", "absent")]
    [InlineData("fork", "absent@3")]
    public async Task A_run_that_is_not_there_is_3(params string[] arguments) => Assert.Equal(3, await _seed.RunAsync(arguments));

    [Theory]
    [InlineData("resume", "other")]
    [InlineData("fork", "other@3")]
    public async Task An_unreachable_cluster_is_4(params string[] arguments)
    {
        _seed.Cluster.IsReachable = false;

        Assert.Equal(4, await _seed.RunAsync(arguments));
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("resume", "other@x")]
    [InlineData("resume", "@3")]
    [InlineData("resume", "other@-1")]
    [InlineData("fork", "other")]
    [InlineData("fork", "other@")]
    public async Task Wrong_usage_is_2(params string[] arguments)
    {
        Assert.Equal(2, await _seed.RunAsync(arguments));
        Assert.Empty(_seed.Output);
    }

    private static string? EventOf(string line) => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString();
}
