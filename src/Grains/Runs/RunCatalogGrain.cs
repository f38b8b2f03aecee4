using System.Collections.Immutable;
using Orleans.Concurrency;
using SeedOrleans.Domain.Runs;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Grains.Runs;

/// <inheritdoc cref="IRunCatalogGrain"/>
/// <remarks>Reentrant, so that a submission that loads much data does not keep others from listing.</remarks>
[KeepAlive, Reentrant]
internal sealed class RunCatalogGrain : Grain, IRunCatalogGrain
{
    private const int SuffixLetters = 6;

    private readonly List<string> _runs = []; // oldest first
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

    public Task<ImmutableArray<RunSummary>> ListAsync(CancellationToken cancellationToken) =>
        SummariesAsync(_runs, cancellationToken);

    public Task<ImmutableArray<RunSummary>> FindAsync(string idOrPrefix, CancellationToken cancellationToken) =>
        SummariesAsync(
            _runs.Contains(idOrPrefix) ? [idOrPrefix] : _runs.Where(run => run.StartsWith(idOrPrefix, StringComparison.Ordinal)),
            cancellationToken);

    /// <summary>Goes on when its caller gives up: a run that started must be in the list.</summary>
    private async Task<string> StartAsync(string submissionId, RunSpec spec)
    {
        var runId = $"{spec.Name}-{Letters(submissionId)}";
        await GrainFactory.GetGrain<ITrainingRunGrain>(runId).StartAsync(spec, CancellationToken.None);
        _runs.Add(runId);
        return runId;
    }

    private async Task<ImmutableArray<RunSummary>> SummariesAsync(IEnumerable<string> runs, CancellationToken cancellationToken) =>
    [
        .. await Task.WhenAll(runs.Reverse()
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
