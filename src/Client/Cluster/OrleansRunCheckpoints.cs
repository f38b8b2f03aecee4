using System.Collections.Immutable;
using SeedOrleans.Domain.Runs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Cluster;

/// <inheritdoc cref="IRunCheckpoints"/>
internal sealed class OrleansRunCheckpoints(ICheckpointsGrain grain, ClusterQuestions questions) : IRunCheckpoints
{
    public Task<ImmutableArray<CheckpointInfo>> ListAsync(CancellationToken cancellationToken) =>
        questions.AskAsync(grain.ListAsync, cancellationToken);

    public Task<string> ShowAsync(string checkpoint, CancellationToken cancellationToken) =>
        questions.AskAsync(token => grain.ShowAsync(checkpoint, token), cancellationToken);

    public Task<ImmutableArray<string>> VerifyAsync(string checkpoint, CancellationToken cancellationToken) =>
        questions.AskAsync(token => grain.VerifyAsync(checkpoint, token), cancellationToken);

    public Task PinAsync(string checkpoint, bool isPinned, CancellationToken cancellationToken) =>
        questions.TellAsync(token => grain.PinAsync(checkpoint, isPinned, token), cancellationToken);

    public async Task RemoveAsync(string checkpoint, CancellationToken cancellationToken)
    {
        var isRepeated = false;
        await questions.TellAsync(
            async token =>
            {
                try
                {
                    await grain.RemoveAsync(checkpoint, token);
                }
                catch (RunRefusedException) when (isRepeated)
                {
                    // A missing one is refused; it may be missing because the order before this one arrived.
                    if ((await grain.ListAsync(token)).Any(known => known.Name == checkpoint))
                        throw;
                }
                finally
                {
                    isRepeated = true;
                }
            },
            cancellationToken);
    }

    public Task<ImmutableArray<string>> CollectGarbageAsync(CancellationToken cancellationToken) =>
        questions.AskAsync(grain.CollectGarbageAsync, cancellationToken);
}
