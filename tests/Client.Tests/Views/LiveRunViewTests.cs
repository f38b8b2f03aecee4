using SeedOrleans.Client.Following;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Runs;
using Spectre.Console.Testing;

namespace SeedOrleans.Client.Tests.Views;

public sealed class LiveRunViewTests
{
    private static readonly RunUpdate Update = new(Samples.Summary("first-abcdef", RunStatus.Training), [Samples.Step(1, 0.1), Samples.Step(2, 0.9)]);

    [Theory]
    [InlineData(160)]
    [InlineData(80)]
    [InlineData(20)]
    public void A_drawing_has_figures_curves_and_answers_at_any_width(int width)
    {
        var terminal = new TestConsole().Width(width);
        terminal.Write(LiveRunView.Draw(Progress(), width));

        Assert.Contains("first-abcdef", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("0.900", terminal.Output, StringComparison.Ordinal);
        Assert.Contains('✓', terminal.Output);
    }

    [Fact]
    public void The_time_left_is_the_pace_of_the_last_steps() =>
        // Two steps ten seconds apart, six of ten steps to go.
        Assert.Equal(TimeSpan.FromSeconds(60), Progress().TimeLeft());

    [Fact]
    public void An_answer_can_neither_escape_nor_style_itself()
    {
        var terminal = new TestConsole().Width(120);
        terminal.Write(LiveRunView.Draw(Progress(), 120));

        Assert.Contains("[2J[red]4 ", terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', terminal.Output);
        Assert.DoesNotContain('\u202e', terminal.Output);
    }

    [Fact]
    public void Silos_are_shown_with_what_they_host_and_what_their_deaths_cost()
    {
        var lines = Drawn(Samples.OnACluster("first-abcdef"));

        Assert.Equal(
            [
                "✗ silo-3  dead      worker 1",
                "● silo-1  alive     controller, rank 0",
                "● silo-2  draining  –",
                "goodput 0.938   recoveries 1",
                "last: silo-2 died, seen after 0.12 s, restored after 1.90 s, going on after 2.30 s, 1 step computed again",
            ],
            lines.SkipWhile(line => line[0] != '✗').Take(5));
    }

    [Fact]
    public void Many_silos_are_counted()
    {
        var run = Samples.OnACluster("first-abcdef");

        Assert.Contains("  and 4 more silos", Drawn(run with { Silos = [.. Enumerable.Repeat(run.Silos[0], 12)] }));
    }

    [Fact]
    public void A_silo_can_neither_escape_nor_style_itself()
    {
        var run = Samples.OnACluster("first-abcdef");
        var hostile = run.Silos[0] with { Name = "\u001b[2J[red]silo", Hosts = ["\u202erank"] };

        Assert.Contains("● [2J[red]silo  alive     rank", Drawn(run with { Silos = [hostile] }));
    }

    [Fact]
    public async Task Updates_are_drawn_until_they_end()
    {
        var terminal = new TestConsole().Width(120).Interactive();
        await new LiveRunView(terminal).ShowAsync(new[] { Update }.ToAsyncEnumerable());

        Assert.Contains("step 4 of 10", terminal.Output, StringComparison.Ordinal);
    }

    private static string[] Drawn(RunSummary summary)
    {
        var terminal = new TestConsole().Width(160);
        terminal.Write(LiveRunView.Draw(Progress(Update with { Summary = summary }), 160));
        return [.. terminal.Output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }

    private static RunProgress Progress(RunUpdate? update = null)
    {
        var progress = new RunProgress();
        progress.Add(update ?? Update);
        return progress;
    }
}
