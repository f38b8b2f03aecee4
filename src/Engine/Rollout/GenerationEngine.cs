using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Rollout;

/// <summary>Samples many responses at once: requests join the running batch when a slot is free and leave when they end.</summary>
/// <remarks>
/// Continuous batching (Yu et al., Orca, OSDI 2022) over a cache of fixed slots. The responses at work always hold slots
/// 0 to n−1, so a decode step reads the cache where it lies. Prompts are fed in chunks between decode steps, once for all
/// responses at work. With packed weights a response's tokens and log-probs are the same bits in whatever company, slot and
/// piece by piece. Not safe for several threads: it belongs to one device thread.
/// </remarks>
public sealed class GenerationEngine : IDisposable
{
    private readonly Queue<ResponseInProgress> _waiting = [];
    private readonly List<ResponseInProgress> _active = []; // index = slot
    private readonly KeyValueCache _cache;
    private readonly int _slots;
    private readonly int _prefillChunk;
    private Transformer _policy;

    /// <param name="slots">Responses at work at once.</param>
    /// <param name="capacity">Prompt and response tokens that a slot holds.</param>
    /// <param name="prefillChunk">Tokens of one prompt fed at once; part of the arithmetic.</param>
    public GenerationEngine(Transformer policy, PolicyVersion version, int slots, int capacity, int prefillChunk = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(prefillChunk, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, policy.Config.MaxPositions);

        (_policy, Version, _slots, _prefillChunk) = (policy, version, slots, prefillChunk);
        _cache = new KeyValueCache(policy.Config, slots, capacity);
    }

    public PolicyVersion Version { get; private set; }

    /// <summary>Requests not yet finished.</summary>
    public int Unfinished => _waiting.Count + _active.Count;

    /// <summary>Tokens sampled since the engine was made.</summary>
    public long SampledTokens { get; private set; }

    /// <summary>Samples with other weights from now on; only between responses, since the cache holds the old weights' keys.</summary>
    public void Use(Transformer policy, PolicyVersion version)
    {
        if (_active.Count > 0)
            throw new InvalidOperationException($"{_active.Count} responses are at work; finish or abort them first.");

        (_policy, Version) = (policy, version);
    }

    /// <param name="alternatives">How many of the most likely tokens to note at each place of the response, for <see cref="FinishedRollout.Alternatives"/>.</param>
    /// <exception cref="PromptTooLongException">It could outgrow a slot.</exception>
    public void Submit(RolloutRequest request, int alternatives = 0)
    {
        ArgumentOutOfRangeException.ThrowIfZero(request.Prompt.Tokens.Length);
        var needed = request.Prompt.Tokens.Length + request.Sampling.MaxResponseTokens;
        if (needed > _cache.Capacity)
            throw new PromptTooLongException(request.Prompt.Id, needed, _cache.Capacity);

        _waiting.Enqueue(new ResponseInProgress(request, Version, alternatives));
    }

    /// <summary>Feeds one chunk to whoever joins and draws one token for everybody else.</summary>
    /// <returns>The responses that ended, in no particular order.</returns>
    public IReadOnlyList<FinishedRollout> Step()
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        while (_active.Count < _slots && _waiting.TryDequeue(out var next))
            _active.Add(next);

        if (_active.Count == 0)
            return [];

        Prefill();
        Decode();
        return TakeFinished();
    }

    /// <summary>What responses in flight have got since the last call, so that they can be continued should this engine be lost.</summary>
    public ImmutableArray<ResponseProgress> TakeProgress() => [.. _active.Select(response => response.TakeProgress()).OfType<ResponseProgress>()];

    /// <summary>The responses that are waiting or in flight.</summary>
    public ImmutableArray<ResponseName> UnfinishedNames() =>
        [.. _active.Concat(_waiting).Select(response => new ResponseName(response.Request.Prompt.Id, response.Request.ResponseIndex))];

    /// <summary>Stops everything at its last token.</summary>
    /// <returns>What there was of each response; requests that had not begun have empty ones.</returns>
    public IReadOnlyList<FinishedRollout> Abort()
    {
        List<FinishedRollout> aborted =
            [.. _active.Concat(_waiting).Select(response => new FinishedRollout(response.Request, response.ToTrajectory()))];

        _active.Clear();
        _waiting.Clear();
        return aborted;
    }

    public void Dispose() => _cache.Dispose();

    private void Prefill()
    {
        if (_active.TrueForAll(response => response.KnowsPrompt))
            return;

        using var scope = NewDisposeScope();
        var plan = PrefillPlan.Of(_active);
        if (plan.Fed.Count > 0)
            Feed(plan.Fed);

        CopyPrompts([.. plan.Copied.Where(pair => _active[pair.From].KnowsPrompt)]);
    }

    private void Feed(List<int> joining)
    {
        // Always as many tokens, padded, however short the prompts are: the shape decides the order of additions.
        var batch = new StepBatch(_cache, joining, _prefillChunk, contiguous: false);
        foreach (var slot in joining)
            batch.Add(slot, _active[slot]);

        _policy.Hidden(batch.Tokens(), batch.Positions(), batch.Attention());
        foreach (var slot in joining)
            _active[slot].Cached = Math.Min(_active[slot].Cached + _prefillChunk, _active[slot].PromptCount - 1);
    }

    private void CopyPrompts(IReadOnlyList<(int From, int To)> pairs)
    {
        if (pairs.Count == 0)
            return;

        // What a shorter prompt copies too much of is overwritten before any query may look at it.
        var length = pairs.Max(pair => _active[pair.To].PromptCount - 1);
        _cache.Copy([.. pairs.Select(pair => pair.From)], [.. pairs.Select(pair => pair.To)], length);
        foreach (var (_, slot) in pairs)
            _active[slot].Cached = _active[slot].PromptCount - 1;
    }

    private void Decode()
    {
        using var scope = NewDisposeScope();
        var batch = new StepBatch(_cache, [.. Enumerable.Range(0, _active.Count)], tokens: 1, contiguous: true);
        var sampling = new RowSampling[_active.Count];
        for (var slot = 0; slot < _active.Count; slot++)
        {
            batch.Add(slot, _active[slot]);
            sampling[slot] = _active[slot].NextSampling();
        }

        var hidden = _policy.Hidden(batch.Tokens(), batch.Positions(), batch.Attention());
        var logits = _policy.Logits(hidden);
        var (tokens, logProbs) = TokenSampler.Sample(logits, sampling);

        for (var slot = 0; slot < _active.Count; slot++)
        {
            var response = _active[slot];

            // A prompt still being fed takes part so that the slots stay in one stretch; what it drew means nothing.
            if (!response.KnowsPrompt)
                continue;

            // Tokens that an interrupted response brought with it take the way that they took when they were drawn.
            response.Cached++;
            if (response.Cached < response.Count)
                continue;

            if (response.AlternativeCount > 0)
                response.Note(LikelyTokens.Of(logits.narrow(0, slot, 1), response.AlternativeCount));

            response.Append((int)tokens[slot], logProbs[slot]);
            SampledTokens++;
        }
    }

    private List<FinishedRollout> TakeFinished()
    {
        var finished = new List<FinishedRollout>();
        for (var slot = _active.Count - 1; slot >= 0; slot--)
        {
            var response = _active[slot];
            if (response.Finished is null)
                continue;

            finished.Add(new FinishedRollout(response.Request, response.ToTrajectory()) { Alternatives = response.Alternatives });
            FreeSlot(slot);
        }

        return finished;
    }

    /// <summary>Gives a slot to the next request, or moves the last response into it so that no hole stays.</summary>
    private void FreeSlot(int slot)
    {
        if (_waiting.TryDequeue(out var next))
        {
            _active[slot] = next;
            return;
        }

        var last = _active.Count - 1;
        if (slot != last)
        {
            _cache.Copy([last], [slot], _active[last].Cached);
            _active[slot] = _active[last];
        }

        _active.RemoveAt(last);
    }
}
