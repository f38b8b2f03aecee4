using SeedOrleans.Client.Following;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Views;

/// <summary>Shows a run to a person or a program.</summary>
internal interface IRunView
{
    void Submitted(string runId);

    /// <summary>Shows updates as they come, until they end or their source is cancelled.</summary>
    Task ShowAsync(IAsyncEnumerable<RunUpdate> updates);

    /// <summary>The last word on a run that is finished.</summary>
    void Finished(RunSummary summary);
}
