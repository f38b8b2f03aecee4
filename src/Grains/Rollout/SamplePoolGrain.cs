using Orleans.Concurrency;
using Orleans.Streams;
using Orleans.Streams.Core;
using SeedOrleans.Domain.Policies;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Rollout;

/// <inheritdoc cref="ISamplePoolGrain"/>
/// <remarks>Reentrant, so that those who wait for work or for groups do not keep out the responses they wait for.</remarks>
[Reentrant]
[ImplicitStreamSubscription(StreamNames.Scored)]
[AvoidDraining]
internal sealed class SamplePoolGrain(RunDataCache data, IScoredLog log, TimeProvider time) : Grain, ISamplePoolGrain, IStreamSubscriptionObserver
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly WorkLeases _leases = new();
    private SampleCollection? _open;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _epoch;
    private long _logEnd;

    public async Task OpenAsync(CollectionOrder order, CancellationToken cancellationToken)
    {
        if (order.Epoch < _epoch)
            throw new LostActorException($"The pool of run {this.GetPrimaryKeyString()} serves epoch {_epoch} and was called by {order.Epoch}.");

        _epoch = order.Epoch;
        var run = await data.FindAsync(this.GetPrimaryKeyString());
        if (_open?.Order.CollectionId == order.CollectionId)
            return;

        var collection = new SampleCollection(order, cursor => order.Split == PromptSplit.Training
            ? run.TrainingPrompt(cursor)
            : run.Evaluation.Prompts[(int)(cursor % run.Evaluation.Prompts.Length)]);
        (_open, _logEnd) = (collection, Math.Max(_logEnd, order.LogStart));
        _leases.Clear();
        await RecoverAsync(collection, cancellationToken);
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

        throw new LostActorException($"Collection {collectionId} of run {this.GetPrimaryKeyString()} is not open, or no longer.");
    }

    public async Task<WorkOffer> TakeAsync(string worker, Guid life, int most, long busyWith, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + LongestWait;
        while (true)
        {
            var places = Take(worker, life, most);
            if (places.Count > 0 || busyWith != 0 || !await WaitForChangeAsync(deadline, cancellationToken))
                return new WorkOffer
                {
                    CollectionId = _open?.Order.CollectionId ?? 0,
                    Policy = _open?.Order.Policy ?? PolicyVersion.Initial,
                    Requests = [.. places.Select(place => _open!.RequestAt(place))],
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
        handleFactory.Create<ScoredBatch>().ResumeAsync((batch, token) => AcceptAsync(batch, token));

    private IReadOnlyList<int> Take(string worker, Guid life, int most)
    {
        if (_open is not { } open)
            return [];

        open.Return(_leases.Meet(worker, life));
        var places = open.Take(most);
        _leases.Add(worker, places);
        return places;
    }

    /// <summary>An earlier life of this pool may have been told of responses that nobody will tell again.</summary>
    private async Task RecoverAsync(SampleCollection collection, CancellationToken cancellationToken)
    {
        await foreach (var batch in log.ReadAsync(this.GetPrimaryKeyString(), collection.Order.LogStart, cancellationToken))
            Accept(collection, batch);
    }

    private static void Accept(SampleCollection collection, ScoredBatch batch)
    {
        foreach (var response in batch.Responses)
            if (response.CollectionId == collection.Order.CollectionId)
                collection.Accept(response.Scored);
    }

    private Task AcceptAsync(ScoredBatch batch, StreamSequenceToken? token)
    {
        if (token is not null)
            _logEnd = Math.Max(_logEnd, log.PlaceOf(token));

        if (_open is { } open)
            Accept(open, batch);

        Changed();
        return Task.CompletedTask;
    }

    private CollectedGroups Close(SampleCollection complete)
    {
        _open = null;
        Changed();
        return complete.Result() with { LogEnd = _logEnd };
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
