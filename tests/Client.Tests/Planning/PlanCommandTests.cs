using System.Text.Json;
using SeedOrleans.Client.Tests.Commands;

namespace SeedOrleans.Client.Tests.Planning;

public sealed class PlanCommandTests : IDisposable
{
    private readonly CommandRunner _seed = new();

    private static string Example(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SeedOrleans.sln")))
            folder = folder.Parent!;

        return Path.Combine(folder.FullName, "examples", name);
    }

    public void Dispose() => _seed.Dispose();

    [Fact]
    public async Task The_papers_own_model_is_planned_for()
    {
        Assert.Equal(0, await _seed.RunAsync("plan", Example("seed-thinking-200b.yaml"), "--devices", "256xH100", "--json"));

        var plan = JsonDocument.Parse(Assert.Single(_seed.Lines)).RootElement;
        Assert.InRange(plan.GetProperty("parameters").GetInt64(), 199_000_000_000, 201_000_000_000);
        Assert.InRange(plan.GetProperty("active_parameters").GetInt64(), 18_000_000_000, 21_000_000_000);
        var best = plan.GetProperty("layouts")[0];
        var bytes = best.GetProperty("bytes");
        Assert.InRange(bytes.GetProperty("total").GetInt64(), 1, plan.GetProperty("usable_bytes").GetInt64());
        Assert.True(best.GetProperty("memory").GetProperty("reshard_after_forward").GetBoolean());
        Assert.False(best.GetProperty("tried").GetBoolean());
    }

    [Fact]
    public async Task What_does_not_fit_is_said_with_what_it_needs()
    {
        Assert.Equal(1, await _seed.RunAsync("plan", Example("seed-thinking-200b.yaml"), "--devices", "8xH100"));

        Assert.Contains(_seed.Lines, line => line == "Nothing fits.");
        Assert.Contains(_seed.Lines, line => line.Contains("do not fit; the smallest of them needs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Layouts_are_tried_on_this_machines_cores()
    {
        Assert.Equal(0, await _seed.RunAsync(
            "plan", Example("quickstart.yaml"), "training.prompts_per_step=4", "training.updates_per_step=1", "--devices", "cpu:2", "--json"));

        var plan = JsonDocument.Parse(Assert.Single(_seed.Lines)).RootElement;
        Assert.True(plan.GetProperty("layouts")[0].GetProperty("tried").GetBoolean());
        Assert.True(plan.GetProperty("layouts")[0].GetProperty("seconds").GetProperty("total").GetDouble() > 0);
    }

    [Fact]
    public async Task A_person_reads_a_table_and_what_to_write_into_the_spec()
    {
        Assert.Equal(0, await _seed.RunAsync("plan", Example("quickstart.yaml"), "--devices", "cpu:4", "--on-paper", "--top", "3"));

        Assert.Contains(_seed.Lines, line => line.StartsWith("data  context  tensor  expert", StringComparison.Ordinal));
        Assert.Contains(_seed.Lines, line => line.StartsWith("best: layout: {data: 4,", StringComparison.Ordinal));
        Assert.Contains(_seed.Lines, line => line.Contains("more fit and are slower", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("64xH101")]
    [InlineData("H100:3:4")]
    public async Task Devices_that_nobody_knows_are_refused(string devices)
    {
        Assert.Equal(2, await _seed.RunAsync("plan", Example("quickstart.yaml"), "--devices", devices));

        Assert.Contains(devices, _seed.Error, StringComparison.Ordinal);
        Assert.Contains("A100-80", _seed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spec_with_mistakes_is_refused()
    {
        Assert.Equal(2, await _seed.RunAsync("plan", Example("quickstart.yaml"), "layout.data=0"));

        Assert.Contains("layout.data", _seed.Error, StringComparison.Ordinal);
    }
}
