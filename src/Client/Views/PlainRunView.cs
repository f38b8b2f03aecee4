using SeedOrleans.Client.Following;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Views;

/// <summary>A plain line a step, for pipes and log files.</summary>
internal sealed class PlainRunView(TextWriter output) : IRunView
{
    private const int MaxMessage = 1000;

    public void Submitted(string runId) => Write($"run {runId}");

    public async Task ShowAsync(IAsyncEnumerable<RunUpdate> updates)
    {
        await foreach (var update in updates)
        {
            foreach (var happened in update.Events)
            {
                if (Describe(happened, update.Summary.TotalSteps) is { Length: > 0 } line)
                    Write(line);

                foreach (var alert in happened.Alerts.IsDefault ? [] : happened.Alerts)
                    Write($"alert: {HostileText.OneLine(alert, MaxMessage)}");
            }
        }
    }

    public void Finished(RunSummary summary) => Write(RunText.Finished(summary));

    private static string Describe(RunEvent happened, int totalSteps) => happened.Kind switch
    {
        RunEventKind.Message => HostileText.OneLine(happened.Message, MaxMessage),
        RunEventKind.ColdStartStep => $"cold start {happened.Step}{Metrics(happened)}",
        RunEventKind.TrainingStep => $"step {happened.Step}/{totalSteps}{Metrics(happened)}",
        RunEventKind.Evaluation => $"evaluation at step {happened.Step}{Metrics(happened)}",
        RunEventKind.Recovered when happened.Recovery is { } recovery => SiloText.Recovered(recovery),
        _ => "",
    };

    private static string Metrics(RunEvent happened) => string.Concat(
        RunText.Shown.Where(shown => happened.Metrics.ContainsKey(shown.Metric))
            .Select(shown => $"  {shown.Label} {Figures.Of(happened.Metrics[shown.Metric], shown.Format)}{shown.Unit}"));

    private void Write(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
