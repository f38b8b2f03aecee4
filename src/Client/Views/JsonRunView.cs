using SeedOrleans.Client.Following;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Views;

/// <summary>A JSON line an event, and one for the end with nothing after it.</summary>
internal sealed class JsonRunView(TextWriter output) : IRunView
{
    public void Submitted(string runId) => Write(RunJson.Submitted(runId));

    public async Task ShowAsync(IAsyncEnumerable<RunUpdate> updates)
    {
        await foreach (var update in updates)
        {
            // The end is told once, by Finished, which knows more than the event.
            foreach (var happened in update.Events.Where(happened => happened.Kind != RunEventKind.Finished))
                Write(RunJson.Event(update.Summary.RunId, happened));
        }
    }

    public void Finished(RunSummary summary) => Write(RunJson.Finished(summary));

    private void Write(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}
