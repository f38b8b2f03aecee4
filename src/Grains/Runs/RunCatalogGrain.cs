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

    public Task<string> SubmitAsync(string submissionId, RunSpec spec, CancellationToken cancellationToken) =>
        SubmitAsync(submissionId, new RunCardDraft(spec), cancellationToken);

    public async Task<string> ForkAsync(string submissionId, string runId, int step, RunSpec spec, CancellationToken cancellationToken)
    {
        if (!state.State.Runs.Contains(runId))
            throw new RunRefusedException($"There is no run {runId} to fork.");

        var parent = GrainFactory.GetGrain<ITrainingRunGrain>(runId);
        RunForking.Check(await parent.GetSummaryAsync(cancellationToken), await parent.GetSpecAsync(cancellationToken), step, spec);
        return await SubmitAsync(submissionId, new RunCardDraft(spec, runId, step), cancellationToken);
    }

    public Task<ImmutableArray<RunSummary>> ListAsync(CancellationToken cancellationToken) =>
        SummariesAsync(state.State.Runs, cancellationToken);

    public Task<ImmutableArray<RunSummary>> FindAsync(string idOrPrefix, CancellationToken cancellationToken) =>
        SummariesAsync(
            state.State.Runs.Contains(idOrPrefix) ? [idOrPrefix] : state.State.Runs.Where(run => run.StartsWith(idOrPrefix, StringComparison.Ordinal)),
            cancellationToken);

    private async Task<string> SubmitAsync(string submissionId, RunCardDraft draft, CancellationToken cancellationToken)
    {
        if (!_submissions.TryGetValue(submissionId, out var submission))
            _submissions[submissionId] = submission = StartAsync(submissionId, draft);

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

    /// <summary>Goes on when its caller gives up: a run that started must be in the list.</summary>
    private async Task<string> StartAsync(string submissionId, RunCardDraft draft)
    {
        var runId = $"{draft.Spec.Name}-{Letters(submissionId)}";
        if (state.State.Runs.Contains(runId))
            return runId;

        await GrainFactory.GetGrain<ITrainingRunGrain>(runId).StartAsync(draft, CancellationToken.None);
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
        foreach (var run in state.State.Runs.Where(run => !_finished.Contains(run)).ToArray())
            if ((await GrainFactory.GetGrain<ITrainingRunGrain>(run).GetSummaryAsync(cancellationToken)).IsFinished())
                _finished.Add(run);
    }

    public Task NoteResumedAsync(string runId, CancellationToken cancellationToken)
    {
        _finished.Remove(runId);
        return Task.CompletedTask;
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
