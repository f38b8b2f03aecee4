using SeedOrleans.Client.Following;
using SeedOrleans.Domain.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SeedOrleans.Client.Views;

/// <summary>A drawing that is renewed while a run goes: curves, figures, and a few answers with their verdicts.</summary>
internal sealed class LiveRunView(IAnsiConsole terminal) : IRunView
{
    private const int CurveWidth = 60, CurveHeight = 8, Answers = 4, MaxSilos = 8;

    public void Submitted(string runId) => terminal.WriteLine($"run {HostileText.OneLine(runId, 100)}");

    public async Task ShowAsync(IAsyncEnumerable<RunUpdate> updates)
    {
        var progress = new RunProgress();
        await terminal.Live(new Text("waiting for the first step")).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            await foreach (var update in updates)
            {
                progress.Add(update);
                live.UpdateTarget(Draw(progress, terminal.Profile.Width));
            }
        });
    }

    public void Finished(RunSummary summary) => terminal.WriteLine(RunText.Finished(summary));

    /// <param name="width">Of the terminal, in characters.</param>
    internal static Rows Draw(RunProgress progress, int width)
    {
        var curveWidth = Math.Clamp((width - 4) / 2, 16, CurveWidth);
        var curves = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddRow(
            Curve("reward", progress.Rewards, curveWidth),
            Curve("held-out pass@1", progress.Accuracies, curveWidth));

        var parts = new List<IRenderable> { Headline(progress), curves, Numbers(progress) };
        parts.AddRange(Silos(progress.Summary!, width));
        parts.AddRange(progress.Samples.Take(Answers).Select(sample => Answer(sample, width)));
        if (progress.Summary!.Alerts is [.., var alert])
            parts.Add(new Text($"alert: {HostileText.OneLine(alert, Math.Max(20, width - 8))}", new Style(Color.Red)));

        if (progress.LastMessage.Length > 0)
            parts.Add(new Text(HostileText.OneLine(progress.LastMessage, Math.Max(20, width - 1)), new Style(decoration: Decoration.Dim)));

        return new Rows(parts);
    }

    private static Text Headline(RunProgress progress)
    {
        var summary = progress.Summary!;
        var phase = summary.Status == RunStatus.ColdStart
            ? $"cold start, step {progress.ColdStartStep}"
            : $"step {summary.Step} of {summary.TotalSteps}";

        return new Text(
            $"{HostileText.OneLine(summary.RunId, 100)}  {RunJson.Word(summary.Status)}  {phase}  "
            + $"{Figures.Of((TimeSpan?)summary.Elapsed)}, {Figures.Of(progress.TimeLeft())} left",
            new Style(decoration: Decoration.Bold));
    }

    // Text, and never Markup: what the model wrote must not be read as style.
    private static Text Curve(string title, List<(double Step, double Value)> points, int width) =>
        new(string.Join('\n', [title, .. BrailleCurve.Draw(points, width, CurveHeight)]), new Style(Color.Green));

    private static Text Numbers(RunProgress progress) => new(string.Join("   ", RunText.Shown
        .Where(shown => progress.Latest.ContainsKey(shown.Metric))
        .Select(shown => $"{shown.Label} {Figures.Of(progress.Latest[shown.Metric], shown.Format)}{shown.Unit}")));

    /// <summary>A line a silo, the dead first since they are news, and what the last death cost.</summary>
    private static IEnumerable<Text> Silos(RunSummary summary, int width)
    {
        var nameWidth = summary.Silos.Select(silo => SiloText.Name(silo.Name).Length).DefaultIfEmpty().Max();
        foreach (var silo in summary.Silos.OrderBy(silo => silo.IsAlive).Take(MaxSilos))
        {
            yield return new Text(
                $"{(silo.IsAlive ? '●' : '✗')} {SiloText.Name(silo.Name).PadRight(nameWidth)}  {SiloText.State(silo),-8}  "
                + SiloText.Hosts(silo, Math.Max(20, width - nameWidth - 16)),
                new Style(!silo.IsAlive ? Color.Red : silo.IsDraining ? Color.Yellow : Color.Green));
        }

        if (summary.Silos.Length > MaxSilos)
            yield return new Text($"  and {summary.Silos.Length - MaxSilos} more silos");

        if (summary.Goodput is not null)
            yield return new Text($"goodput {Figures.Of(summary.Goodput)}   recoveries {summary.Recoveries.Length}");

        if (summary.Recoveries is [.., var last])
            yield return new Text($"last: {SiloText.Recovered(last)}", new Style(Color.Yellow));
    }

    private static Text Answer(AnswerSample sample, int width)
    {
        var share = Math.Max(8, (width - 8) / 3);
        return new Text(
            $"{(sample.Correct ? "✓" : "✗")} {HostileText.OneLine(sample.Question, share)} "
            + $"{HostileText.OneLine(sample.Response, share)} ({HostileText.OneLine(sample.Reason, share)})",
            new Style(sample.Correct ? Color.Green : Color.Red));
    }
}
