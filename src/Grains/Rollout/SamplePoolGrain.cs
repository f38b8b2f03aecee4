using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Streams;
using Orleans.Streams.Core;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
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
internal sealed class SamplePoolGrain(RunDataCache data, IScoredLog log, RolloutJournal journal, TimeProvider time) : Grain, ISamplePoolGrain, IStreamSubscriptionObserver
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly WorkLeases _leases = new();
    private SampleCollection? _open;
    private SampleCollection? _opening;
    private Task _opened = Task.CompletedTask;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _epoch;
    private long _logEnd;
    private string _failure = "";
    private bool _isFenced; // the weights that the open collection asks for may not be there yet

    public Task FenceAsync(long epoch, CancellationToken cancellationToken)
    {
        Require(epoch);
        (_epoch, _isFenced) = (epoch, true);
        return Task.CompletedTask;
    }

    public async Task OpenAsync(CollectionOrder order, CancellationToken cancellationToken)
    {
        Require(order.Epoch);
        (_epoch, _isFenced) = (order.Epoch, false);
        if (_open is { } open && IsSame(open.Order, order))
        {
            open.Recovered();
            Changed();
            return;
        }

        if (_opening is not { } opening || !IsSame(opening.Order, order))
        {
            var run = await data.FindAsync(this.GetPrimaryKeyString());
            _opening = new SampleCollection(order, order.Split == PromptSplit.Training
                ? run.TrainingPrompts(order.Cursor, order.Mixture)
                : cursor => run.Evaluation.Prompts[(int)(cursor % run.Evaluation.Prompts.Length)]);
            _opened = OpenAsync(_opening);
        }

        await _opened.WaitAsync(cancellationToken);
    }

    public async Task<CollectedGroups?> CollectAsync(long epoch, long collectionId, CancellationToken cancellationToken)
    {
        Require(epoch);
        var deadline = time.GetUtcNow() + LongestWait;
        while (_open is { } open && open.Order.CollectionId == collectionId)
        {
            if (open.TakeTournaments() is { Count: > 0 } tournaments)
            {
                await AnnounceAsync(open, tournaments);
                continue;
            }

            if (open.IsComplete)
                return Close(open);

            if (_failure.Length > 0)
                throw new JudgingFailedException(_failure);

            if (open.IsExhausted)
                throw open.Exhausted();

            if (!await WaitForChangeAsync(deadline, cancellationToken))
                return null;
        }

        throw new LostActorException($"Collection {collectionId} of run {this.GetPrimaryKeyString()} is not open, or no longer.");
    }

    public async Task<WorkOffer> TakeAsync(WorkerLife worker, int most, long busyWith, CancellationToken cancellationToken)
    {
        Require(worker.Epoch);
        var deadline = time.GetUtcNow() + LongestWait;
        while (true)
        {
            if (_open is { } open && busyWith == open.Order.CollectionId && !_leases.Knows(worker))
                return Offer([]) with { AsksWhatIsHeld = true };

            var places = await TakeAsync(worker, most, cancellationToken);
            if (places.Count > 0 || busyWith != 0 || !await WaitForChangeAsync(deadline, cancellationToken))
                return Offer(places);
        }
    }

    public Task HoldAsync(WorkerLife worker, long collectionId, ImmutableArray<ResponseName> responses, CancellationToken cancellationToken)
    {
        Require(worker.Epoch);
        if (_open is { } open && open.Order.CollectionId == collectionId)
        {
            open.Return(_leases.Meet(worker));
            _leases.Add(worker, open.Hold(responses));
        }

        return Task.CompletedTask;
    }

    public Task CloseAsync(long epoch, CancellationToken cancellationToken)
    {
        Require(epoch);
        _open = null;
        Changed();
        return Task.CompletedTask;
    }

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<ScoredBatch>().ResumeAsync((batch, token) => AcceptAsync(batch, token));

    private async Task<IReadOnlyList<int>> TakeAsync(WorkerLife worker, int most, CancellationToken cancellationToken)
    {
        if (_open is { } lost && _leases.Meet(worker) is { Count: > 0 } dropped)
            await TakeBackAsync(lost, dropped, cancellationToken);

        if (_open is not { } open || _isFenced)
            return [];

        // The collection may be another than before that.
        open.Return(_leases.Meet(worker));
        var places = open.Take(most);
        _leases.Add(worker, places);
        return places;
    }

    private async Task TakeBackAsync(SampleCollection collection, IReadOnlyCollection<int> places, CancellationToken cancellationToken)
    {
        try
        {
            collection.Continue(await journal.ReadAsync(this.GetPrimaryKeyString(), collection.Order.CollectionId, cancellationToken));
        }
        finally
        {
            // Nobody else will bring them, whatever the journal says.
            collection.Return(places);
        }
    }

    private WorkOffer Offer(IReadOnlyList<int> places) => new()
    {
        CollectionId = _open?.Order.CollectionId ?? 0,
        Policy = _open?.Order.Policy ?? PolicyVersion.Initial,
        Requests = [.. places.Select(place => _open!.RequestAt(place))],
    };

    /// <summary>By whoever waits for the groups, so that what failed is tried again; never while a collection opens, for the log may still tell how they ended.</summary>
    private async Task AnnounceAsync(SampleCollection collection, IReadOnlyList<Tournament> tournaments)
    {
        try
        {
            var run = this.GetPrimaryKeyString();
            var verifiers = (await data.FindAsync(run)).Rewards.Verifiers;
            await Task.WhenAll(tournaments.Select(tournament =>
                RolloutPublisher.PublishAsync(this.GetStreamProvider(StreamNames.Provider), run, verifiers, tournament)));
        }
        catch
        {
            // What was told all the same has its result taken in once.
            foreach (var tournament in tournaments)
                collection.Return(tournament);

            throw;
        }
    }

    /// <summary>Nothing is handed out before all that is known was taken up; what the stream tells meanwhile is taken in.</summary>
    private async Task OpenAsync(SampleCollection collection)
    {
        (_open, _failure, _logEnd) = (null, "", Math.Max(_logEnd, collection.Order.LogStart));
        try
        {
            await RecoverAsync(collection);
            if (_opening == collection)
            {
                _open = collection;
                _leases.Clear();
            }
        }
        finally
        {
            if (_opening == collection)
                _opening = null;

            Changed();
        }
    }

    /// <summary>An earlier life of this pool may have been told of responses that nobody will tell again, and have handed out others.</summary>
    private async Task RecoverAsync(SampleCollection collection)
    {
        var run = this.GetPrimaryKeyString();
        await foreach (var batch in log.ReadAsync(run, collection.Order.LogStart, CancellationToken.None))
            Accept(collection, batch);

        collection.Recovered();
        collection.Continue(await journal.ReadAsync(run, collection.Order.CollectionId, CancellationToken.None));
    }

    private static void Accept(SampleCollection collection, ScoredBatch batch)
    {
        foreach (var response in batch.Responses)
            if (response.CollectionId == collection.Order.CollectionId)
                collection.Accept(response.Scored);

        if (batch.Tournament is { } result && result.CollectionId == collection.Order.CollectionId)
            collection.Accept(result);
    }

    private Task AcceptAsync(ScoredBatch batch, StreamSequenceToken? token)
    {
        if (token is not null)
            _logEnd = Math.Max(_logEnd, log.PlaceOf(token));

        if ((_open ?? _opening) is { } collection)
            Accept(collection, batch);

        // Of what was told before the collection opened nobody asks any more.
        if (_open is not null && batch.Failure is { Length: > 0 } failure)
            _failure = failure;

        Changed();
        return Task.CompletedTask;
    }

    /// <summary>A step that found all prompts solved orders once more, with higher levels.</summary>
    private static bool IsSame(CollectionOrder order, CollectionOrder other) =>
        order.CollectionId == other.CollectionId && Levels(order).SequenceEqual(Levels(other));

    private static IEnumerable<int> Levels(CollectionOrder order) => order.Mixture?.Sources.Select(source => source.Level) ?? [];

    private void Require(long epoch)
    {
        if (epoch < _epoch)
            throw Stale(epoch);
    }

    private LostActorException Stale(long epoch) =>
        new($"The pool of run {this.GetPrimaryKeyString()} serves epoch {_epoch} and was called by {epoch}.");

    private CollectedGroups Close(SampleCollection complete)
    {
        _open = null;
        Changed();
        _ = journal.DeleteAsync(this.GetPrimaryKeyString(), complete.Order.CollectionId, CancellationToken.None);
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
