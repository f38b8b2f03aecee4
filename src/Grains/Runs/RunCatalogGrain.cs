using System.Collections.Immutable;
using Orleans.Concurrency;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Runs;

/// <inheritdoc cref="IRunCatalogGrain"/>
/// <remarks>Reentrant, so that a submission that loads much data does not keep others from listing.</remarks>
[KeepAlive, Reentrant]
[AvoidDraining]
internal sealed class RunCatalogGrain([PersistentState("runs")] IPersistentState<RunList> state) : Grain, IRunCatalogGrain
{
    private const int SuffixLetters = 6;

    private readonly HashSet<string> _finished = [];
    private readonly Dictionary<string, Task<string>> _submissions = [];

    public async Task<string> SubmitAsync(string submissionId, RunSpec spec, CancellationToken cancellationToken)
    {
        if (!_submissions.TryGetValue(submissionId, out var submission))
            _submissions[submissionId] = submission = StartAsync(submissionId, spec);

        try
        {
            return await submission.WaitAsync(cancellationToken);
        }
        catch when (submission.IsFaulted)
        {
            // Nothing was started, so the same submission may be tried again.
            _submissions.Remove(submissionId);
            throw;
        }
    }

    public Task<string> ForkAsync(string submissionId, string runId, int step, RunSpec spec, CancellationToken cancellationToken) =>
        throw new RunRefusedException("Not yet.");

    public Task<ImmutableArray<RunSummary>> ListAsync(CancellationToken cancellationToken) =>
        SummariesAsync(state.State.Runs, cancellationToken);

    public Task<ImmutableArray<RunSummary>> FindAsync(string idOrPrefix, CancellationToken cancellationToken) =>
        SummariesAsync(
            state.State.Runs.Contains(idOrPrefix) ? [idOrPrefix] : state.State.Runs.Where(run => run.StartsWith(idOrPrefix, StringComparison.Ordinal)),
            cancellationToken);

    /// <summary>Goes on when its caller gives up: a run that started must be in the list.</summary>
    private async Task<string> StartAsync(string submissionId, RunSpec spec)
    {
        var runId = $"{spec.Name}-{Letters(submissionId)}";
        if (state.State.Runs.Contains(runId))
            return runId;

        await GrainFactory.GetGrain<ITrainingRunGrain>(runId).StartAsync(spec, CancellationToken.None);
        state.State = new RunList { Runs = state.State.Runs.Add(runId) };
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // Only storage knows whether the write landed, so the next call begins with a fresh read.
            DeactivateOnIdle();
            throw;
        }

        return runId;
    }

    public async Task TendAsync(CancellationToken cancellationToken)
    {
        foreach (var run in state.State.Runs.Where(run => !_finished.Contains(run)))
            if ((await GrainFactory.GetGrain<ITrainingRunGrain>(run).GetSummaryAsync(cancellationToken)).IsFinished())
                _finished.Add(run);
    }

    private async Task<ImmutableArray<RunSummary>> SummariesAsync(IEnumerable<string> known, CancellationToken cancellationToken) =>
    [
        .. await Task.WhenAll(known.Reverse()
            .Select(run => GrainFactory.GetGrain<ITrainingRunGrain>(run).GetSummaryAsync(cancellationToken))),
    ];

    /// <summary>A name's tail that two submissions hardly ever share, and one always keeps.</summary>
    private static string Letters(string submissionId)
    {
        var bits = AddressedRandom.Derive(0, submissionId);
        return string.Create(SuffixLetters, bits, static (letters, left) =>
        {
            for (var place = 0; place < letters.Length; place++, left /= 26)
                letters[place] = (char)('a' + (left % 26));
        });
    }
}
