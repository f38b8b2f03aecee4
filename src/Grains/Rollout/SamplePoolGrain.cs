using Orleans.Concurrency;
using Orleans.Streams;
using Orleans.Streams.Core;
using SeedOrleans.Domain.Policies;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Rollout;

/// <inheritdoc cref="ISamplePoolGrain"/>
/// <remarks>Reentrant, so that those who wait for work or for groups do not keep out the responses they wait for.</remarks>
[Reentrant]
[ImplicitStreamSubscription(StreamNames.Scored)]
internal sealed class SamplePoolGrain(RunDataCache data, TimeProvider time) : Grain, ISamplePoolGrain, IStreamSubscriptionObserver
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private SampleCollection? _open;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task OpenAsync(CollectionOrder order, CancellationToken cancellationToken)
    {
        var run = await data.FindAsync(this.GetPrimaryKeyString());
        if (_open?.Order.CollectionId == order.CollectionId)
            return;

        _open = new SampleCollection(order, cursor => order.Split == PromptSplit.Training
            ? run.TrainingPrompt(cursor)
            : run.Evaluation.Prompts[(int)(cursor % run.Evaluation.Prompts.Length)]);
        Changed();
    }

    public async Task<CollectedGroups?> CollectAsync(long collectionId, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + LongestWait;
        while (_open?.Order.CollectionId == collectionId)
        {
            if (_open.IsComplete)
                return Close(_open);

            if (_open.IsExhausted)
                throw _open.Exhausted();

            if (!await WaitForChangeAsync(deadline, cancellationToken))
                return null;
        }

        throw new OperationCanceledException($"Collection {collectionId} was closed before it was complete.");
    }

    public async Task<WorkOffer> TakeAsync(int most, long busyWith, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + LongestWait;
        while (true)
        {
            var requests = _open?.Take(most) ?? [];
            if (requests.Count > 0 || busyWith != 0 || !await WaitForChangeAsync(deadline, cancellationToken))
                return new WorkOffer
                {
                    CollectionId = _open?.Order.CollectionId ?? 0,
                    Policy = _open?.Order.Policy ?? PolicyVersion.Initial,
                    Requests = [.. requests],
                };
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken)
    {
        _open = null;
        Changed();
        return Task.CompletedTask;
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<ScoredBatch>().ResumeAsync((batch, _) => AcceptAsync(batch));

    private Task AcceptAsync(ScoredBatch batch)
    {
        foreach (var response in batch.Responses)
            if (response.CollectionId == _open?.Order.CollectionId)
                _open.Accept(response.Scored);

        Changed();
        return Task.CompletedTask;
    }

    private CollectedGroups Close(SampleCollection complete)
    {
        _open = null;
        Changed();
        return complete.Result();
    }

    private void Changed()
    {
        var waiting = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.SetResult();
    }

    /// <returns>False when the deadline came first.</returns>
    private async Task<bool> WaitForChangeAsync(DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var left = deadline - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return false;

        try
        {
            await _changed.Task.WaitAsync(left, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
