using System.Text.Json;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Tests.Commands;

public sealed class SeedCommandLineTests : IDisposable
{
    private readonly CommandRunner _seed = new();

    public void Dispose() => _seed.Dispose();

    [Fact]
    public async Task A_run_ends_with_a_finished_line_and_leaves_no_silo()
    {
        _seed.Cluster.Tell(Samples.Step(1, 0.5));

        Assert.Equal(0, await _seed.RunAsync("run", _seed.SpecFile, "training.steps=7", "--json"));

        Assert.Equal(7, _seed.Cluster.Submitted!.Training.Steps);
        Assert.Equal((1, 1), (_seed.Silos.Started, _seed.Silos.Disposed));
        var last = JsonDocument.Parse(_seed.Lines[^1]).RootElement;
        Assert.Equal(["event", "run_id", "status", "steps", "eval", "seconds", "folder"], last.EnumerateObject().Select(member => member.Name));
        Assert.Equal("finished", last.GetProperty("event").GetString());
        Assert.Equal("succeeded", last.GetProperty("status").GetString());
        Assert.Equal(0.25, last.GetProperty("eval").GetProperty("before").GetDouble());
        Assert.Equal(0.75, last.GetProperty("eval").GetProperty("after").GetDouble());
        Assert.Equal(61.5, last.GetProperty("seconds").GetDouble());
    }

    [Fact]
    public async Task A_json_line_tells_each_event_with_its_metrics()
    {
        _seed.Cluster.Tell(Samples.Step(1, 0.5));

        await _seed.RunAsync("run", _seed.SpecFile, "--json");

        Assert.Equal(3, _seed.Lines.Length);
        var step = JsonDocument.Parse(_seed.Lines[1]).RootElement;
        Assert.Equal("training_step", step.GetProperty("event").GetString());
        Assert.Equal(0.5, step.GetProperty("metrics").GetProperty("critic/score/mean").GetDouble());
        Assert.Equal(JsonValueKind.Null, step.GetProperty("metrics").GetProperty("actor/entropy").ValueKind);
    }

    [Fact]
    public async Task A_pipe_gets_plain_lines()
    {
        _seed.Cluster.Tell(Samples.Step(1, 0.5));

        await _seed.RunAsync("run", _seed.SpecFile);

        Assert.Equal(["run first-abcdef", "step 1/10  reward 0.500  entropy –"], _seed.Lines[..2]);
        Assert.DoesNotContain('\u001b', _seed.Output);
    }

    [Fact]
    public async Task A_failed_run_is_1()
    {
        _seed.Cluster.StatusAtEnd = RunStatus.Failed;

        Assert.Equal(1, await _seed.RunAsync("run", _seed.SpecFile));
    }

    [Fact]
    public async Task An_interrupted_run_is_stopped_with_its_silo()
    {
        _seed.Cluster.OnExhausted = _seed.Interruption.Cancel;

        Assert.Equal(130, await _seed.RunAsync("run", _seed.SpecFile, "--json"));

        Assert.Equal(["first-abcdef"], _seed.Cluster.Stopped);
        Assert.Equal(1, _seed.Silos.Disposed);
        Assert.Equal("stopped", JsonDocument.Parse(_seed.Lines[^1]).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_silo_that_dies_fails_the_run_and_shows_its_log()
    {
        _seed.Cluster.OnExhausted = _seed.Silos.Die;

        Assert.Equal(1, await _seed.RunAsync("run", _seed.SpecFile));

        Assert.Contains("out of memory", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_watch_leaves_the_run_going_and_says_so()
    {
        _seed.Cluster.Runs.Add(Samples.Summary("first-abcdef", RunStatus.Training));
        _seed.Cluster.OnExhausted = _seed.Interruption.Cancel;

        Assert.Equal(130, await _seed.RunAsync("watch", "first"));

        Assert.Empty(_seed.Cluster.Stopped);
        Assert.Contains("Detached; run first-abcdef goes on", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_spec_is_2_with_the_reason()
    {
        _seed.Cluster.Refusal = new RunRefusedException("the data set is empty");

        Assert.Equal(2, await _seed.RunAsync("submit", _seed.SpecFile));
        Assert.Equal("the data set is empty", _seed.Error.Trim());
    }

    [Fact]
    public async Task Every_mistake_in_a_spec_is_printed_before_a_silo_starts()
    {
        Assert.Equal(2, await _seed.RunAsync("run", _seed.SpecFile, "training.stpes=1", "seed=x"));

        Assert.Equal(
            ["command line: training.stpes: no such key; did you mean 'steps'?", "command line: seed: must be a whole number, and is 'x'"],
            _seed.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(0, _seed.Silos.Started);
        Assert.Empty(_seed.Output);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show", "x")]
    [InlineData("watch", "x")]
    [InlineData("stop", "x")]
    public async Task An_unreachable_cluster_is_4_with_its_address(params string[] arguments)
    {
        _seed.Cluster.IsReachable = false;

        Assert.Equal(4, await _seed.RunAsync([.. arguments, "--address", "127.0.0.1:1"]));
        Assert.Contains("127.0.0.1:1", _seed.Error, StringComparison.Ordinal);
        Assert.Contains("seed silo", _seed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show")]
    [InlineData("watch")]
    [InlineData("stop")]
    public async Task A_run_that_is_not_there_is_3(string command)
    {
        Assert.Equal(3, await _seed.RunAsync(command, "absent"));
        Assert.Contains("absent", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_of_two_runs_is_refused_unless_it_is_one_of_them()
    {
        _seed.Cluster.Runs.AddRange([Samples.Summary("first-a", RunStatus.Succeeded), Samples.Summary("first-ab", RunStatus.Succeeded)]);

        Assert.Equal(2, await _seed.RunAsync("show", "first"));
        Assert.Equal(0, await _seed.RunAsync("show", "first-a", "--json"));
    }

    [Theory]
    [InlineData("lst", "did you mean 'list'")]
    [InlineData("run", "file")]
    [InlineData("run x.yaml --storage", "--storage")]
    [InlineData("list --address nowhere", "HOST:PORT")]
    [InlineData("list --nosuch", "--nosuch")]
    [InlineData("", "command")]
    public async Task Wrong_usage_is_2_and_goes_to_standard_error(string line, string words)
    {
        Assert.Equal(2, await _seed.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Contains(words, _seed.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_seed.Output);
    }

    [Fact]
    public async Task Eval_is_a_run_without_steps_that_prints_the_accuracy()
    {
        Assert.Equal(0, await _seed.RunAsync("eval", _seed.SpecFile));

        Assert.Equal(0, _seed.Cluster.Submitted!.Training.Steps);
        Assert.Null(_seed.Cluster.Submitted.ColdStart);
        Assert.Equal("pass@1 0.7500", _seed.Lines[^1]);
    }

    [Fact]
    public async Task List_shows_a_line_a_run()
    {
        _seed.Cluster.Runs.Add(Samples.Summary("first-abcdef", RunStatus.Training));

        Assert.Equal(0, await _seed.RunAsync("list"));
        Assert.Equal(
            [
                "RUN           STATUS    STEP  PASS@1         ELAPSED  SUBMITTED",
                "first-abcdef  training  4/10  0.250 → 0.750  1m 01s   2026-01-02 03:04:05Z",
            ],
            _seed.Lines);
    }

    [Fact]
    public async Task Stop_ends_the_run_it_names()
    {
        _seed.Cluster.Runs.Add(Samples.Summary("first-abcdef", RunStatus.Training));

        Assert.Equal(0, await _seed.RunAsync("stop", "first-abcdef"));
        Assert.Equal(["first-abcdef"], _seed.Cluster.Stopped);
    }

    [Fact]
    public async Task The_silos_own_exit_code_is_passed_on()
    {
        Assert.Equal(2, await _seed.RunAsync("silo", "--gateway-port", "30001", "--", "--slow"));

        Assert.Equal(["--silo-port", "11111", "--gateway-port", "30001", "--data", Path.GetFullPath("./runs"), "--slow"], _seed.Silos.ForegroundOptions);
    }

    [Theory]
    [InlineData("training.steps=5", 0, """{"valid":true,"errors":[]}""")]
    [InlineData("training.steps=-1", 2, """{"valid":false,"errors":[{"file":"command line","line":0,"key":"training.steps","message":"must be at least 0, and is -1"}]}""")]
    public async Task Validate_prints_one_json_object(string change, int code, string expected)
    {
        Assert.Equal(code, await _seed.RunAsync("validate", _seed.SpecFile, change, "--json"));
        Assert.Equal(expected, _seed.Output.Trim());
    }

    [Fact]
    public async Task A_difficulty_that_a_task_does_not_have_is_refused()
    {
        Assert.Equal(2, await _seed.RunAsync("validate", _seed.SpecFile, "data.train.0.difficulty=21"));
        Assert.Equal("command line: data.train.0.difficulty: 21 is more than the 20 that addition goes to", _seed.Error.Trim());
    }

    [Fact]
    public async Task Tasks_are_those_of_the_engine_with_their_greatest_difficulty()
    {
        Assert.Equal(0, await _seed.RunAsync("tasks", "--json"));

        Assert.Equal(TaskCatalog.All.Length, _seed.Lines.Length);
        Assert.Contains("""{"task":"addition","family":"arithmetic","summary":"Add two numbers, digit by digit from the right, with carries.","difficulty":"digits of each number","max_difficulty":20}""", _seed.Lines);
    }

    [Fact]
    public async Task Tasks_stand_below_their_families()
    {
        Assert.Equal(0, await _seed.RunAsync("tasks"));

        string[] families = [.. _seed.Lines.Where(line => line[0] != ' ')];
        Assert.Equal(["arithmetic", "cryptic", "logic", "grid", "graph", "search", "sequential", "judging", "programs", "writing"], families);
        Assert.Equal(1, Array.FindIndex(_seed.Lines, line => line.StartsWith("  addition  ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_task_is_shown_by_its_rules_and_samples()
    {
        var task = TaskCatalog.Find("sudoku");

        Assert.Equal(0, await _seed.RunAsync("tasks", "sudoku", "--difficulty", "2", "--seed", "7", "--count", "4"));

        Assert.Equal(task.Instructions, _seed.Lines[0]);
        Assert.StartsWith("Difficulty 1 to 7: ", _seed.Lines[1]);
        Assert.Equal(
            Enumerable.Range(0, 4).Select(index => task.Generate(2, 7, index)).SelectMany(problem => (string[])[problem.Question, problem.WorkedSolution]),
            _seed.Lines[2..]);
    }

    [Fact]
    public async Task Samples_of_a_task_are_json_lines_too()
    {
        Assert.Equal(0, await _seed.RunAsync("tasks", "lights-out", "--count", "2", "--json"));

        var problem = TaskCatalog.Find("lights-out").Generate(1, 1, 1);
        using var sample = JsonDocument.Parse(_seed.Lines[1]);
        Assert.Equal(2, _seed.Lines.Length);
        Assert.Equal(
            ["task", "difficulty", "seed", "index", "instructions", "question", "ground_truth", "solution"],
            sample.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(problem.Question, sample.RootElement.GetProperty("question").GetString());
        Assert.Equal(problem.GroundTruth, sample.RootElement.GetProperty("ground_truth").GetString());
    }

    [Fact]
    public async Task The_manual_of_tasks_is_printed()
    {
        Assert.Equal(0, await _seed.RunAsync("tasks", "--manual"));

        Assert.Equal(TaskManual.Generate(), _seed.Output);
    }

    [Theory]
    [InlineData("There is no task \"soduku\"; did you mean \"sudoku\"?", "soduku")]
    [InlineData("--difficulty: 8 is more than the 7 that sudoku goes to", "sudoku", "--difficulty", "8")]
    [InlineData("--count takes a number from 1", "sudoku", "--count", "0")]
    public async Task Tasks_and_samples_that_there_are_not_are_refused(string reason, params string[] arguments)
    {
        Assert.Equal(2, await _seed.RunAsync(["tasks", .. arguments]));

        Assert.Contains(reason, _seed.Error);
    }

    [Fact]
    public async Task Help_is_fine() => Assert.Equal(0, await _seed.RunAsync("--help"));
}
