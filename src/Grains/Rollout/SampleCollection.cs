using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.GrainInterfaces.Rollout;

namespace SeedOrleans.Grains.Rollout;

/// <summary>One collection as a plain state machine: which responses to sample next, and which groups it has gathered.</summary>
/// <remarks>
/// It takes the first informative groups in the order of prompts, so an early finisher never displaces a slow one. How
/// many groups it starts at once only decides how much work is thrown away.
/// </remarks>
/// <param name="promptAt">The prompt at a cursor.</param>
internal sealed class SampleCollection(CollectionOrder order, Func<long, Prompt> promptAt)
{
    private readonly List<PendingGroup> _groups = [];
    private readonly Dictionary<string, List<PendingGroup>> _byPrompt = [];
    private readonly Dictionary<ResponseName, PartialResponse> _partial = [];
    private readonly HashSet<int> _held = []; // responses that somebody works on though this life of the pool has not handed them out
    private readonly SortedSet<int> _returned = []; // responses that whoever took them will not bring
    private int _handedOut; // responses, over all groups in order
    private int _prefix; // groups at the front that are finished
    private int _taken; // informative ones among them
    private int _solved; // ones among them with every response right
    private long _sampledTokens;
    private long _continuedTokens;
    private long _recoveredTokens;

    public CollectionOrder Order => order;

    /// <summary>It has what was ordered, or has looked at all that it may and found most of it solved.</summary>
    public bool IsComplete => _taken == order.Groups || (HasSeenAll && IsMostlySolved);

    /// <summary>It has looked at all that it may, and the policy hardly ever succeeds: more of the same would teach nothing.</summary>
    public bool IsExhausted => HasSeenAll && !IsComplete;

    private bool HasSeenAll => _prefix == order.MostGroups;

    private bool IsMostlySolved => 2 * _solved > _prefix;

    /// <summary>Whoever asked for the collection begins anew, and finds what is here by now.</summary>
    public void Recovered() => (_recoveredTokens, _continuedTokens) = (_sampledTokens, 0);

    /// <summary>Hands out the next responses to sample, in the order of prompts.</summary>
    /// <returns>Their places; <see cref="RequestAt"/> says what each is.</returns>
    public IReadOnlyList<int> Take(int most)
    {
        if (IsComplete)
            return [];

        var places = new List<int>();
        while (places.Count < most && _returned.Count > 0)
        {
            var place = _returned.Min;
            _returned.Remove(place);
            if (!Has(place))
                places.Add(place);
        }

        StartGroups();
        for (; places.Count < most && _handedOut < _groups.Count * order.GroupSize; _handedOut++)
            if (!Has(_handedOut) && !_held.Contains(_handedOut))
                places.Add(_handedOut);

        return places;
    }

    /// <summary>Takes back what was handed out and will not come, so that somebody else samples it.</summary>
    public void Return(IEnumerable<int> places)
    {
        foreach (var place in places.Where(place => !Has(place)))
            if (!_held.Remove(place) || place < _handedOut)
                _returned.Add(place);
    }

    /// <summary>The response is here.</summary>
    public bool Has(int place) => _groups[place / order.GroupSize].Responses[place % order.GroupSize] is not null;

    public RolloutRequest RequestAt(int place)
    {
        var (group, index) = Math.DivRem(place, order.GroupSize);
        var name = new ResponseName(_groups[group].Prompt.Id, _groups[group].FirstIndex + index);
        var partial = _partial.GetValueOrDefault(name, PartialResponse.Empty);
        _continuedTokens += partial.Tokens.Length;
        return new RolloutRequest
        {
            Prompt = _groups[group].Prompt,
            ResponseIndex = name.ResponseIndex,
            Sampling = order.Sampling,
            Seed = order.Seed,
            CollectionId = order.CollectionId,
            AwaitsGroup = _groups[group].HoldsTournament,
            EarlierTokens = partial.Tokens,
            EarlierLogProbs = partial.LogProbs,
        };
    }

    /// <summary>Takes in how far responses had come whose workers are lost; whoever gets them next goes on from there.</summary>
    public void Continue(IEnumerable<KeyValuePair<ResponseName, PartialResponse>> partial)
    {
        foreach (var (name, response) in partial)
            if (response.Tokens.Length > _partial.GetValueOrDefault(name, PartialResponse.Empty).Tokens.Length)
                _partial[name] = response;
    }

    /// <summary>Notes that somebody is at work on responses that an earlier life of the pool handed out.</summary>
    /// <returns>Their places.</returns>
    public IReadOnlyList<int> Hold(IEnumerable<ResponseName> responses)
    {
        List<int> places = [];
        foreach (var name in responses)
        {
            StartThrough(name);
            if (FindPlace(name) is { } place && !Has(place))
                places.Add(place);
        }

        _held.UnionWith(places);
        _returned.ExceptWith(places);
        return places;
    }

    /// <summary>Takes in a response, judged unless it awaits its group; one seen before changes nothing.</summary>
    public void Accept(ScoredTrajectory scored)
    {
        var trajectory = scored.Trajectory;
        var name = new ResponseName(trajectory.PromptId, trajectory.ResponseIndex);
        StartThrough(name);
        var index = name.ResponseIndex % order.GroupSize;
        if (FindGroup(name) is not { } pending || pending.Responses[index] is not null)
            return;

        pending.Responses[index] = scored;
        pending.Missing--;
        _sampledTokens += trajectory.ResponseTokens.Length;
        Advance();
    }

    /// <summary>Takes in what a tournament found; its responses came before. One seen before changes nothing.</summary>
    public void Accept(TournamentResult result)
    {
        if (FindGroup(new ResponseName(result.PromptId, result.FirstIndex)) is not { HoldsTournament: true, Missing: 0, IsFinished: false } pending)
            return;

        foreach (var (index, verdict) in result.Verdicts.Index())
            pending.Responses[index] = pending.Responses[index]! with { Verdict = verdict };

        pending.IsSettled = true;
        Advance();
    }

    /// <summary>Tournaments that nobody was told to hold yet.</summary>
    public IReadOnlyList<Tournament> TakeTournaments()
    {
        PendingGroup[] ready = [.. _groups.Skip(_prefix).Where(group => group is { HoldsTournament: true, Missing: 0, IsAnnounced: false, IsSettled: false })];
        foreach (var group in ready)
            group.IsAnnounced = true;

        return
        [
            .. ready.Select(group => new Tournament
            {
                CollectionId = order.CollectionId,
                Prompt = group.Prompt,
                FirstIndex = group.FirstIndex,
                Texts = [.. group.Responses.Select(response => response!.ResponseText)],
                Seed = AddressedRandom.Derive(order.Seed, group.Prompt.Id),
            }),
        ];
    }

    /// <summary>Nobody could be told of it.</summary>
    public void Return(Tournament tournament)
    {
        if (FindGroup(new ResponseName(tournament.Prompt.Id, tournament.FirstIndex)) is { } group)
            group.IsAnnounced = false;
    }

    public CollectedGroups Result()
    {
        var finished = _groups.Take(_prefix).Select(group => group.ToGroup()).ToArray();
        return new CollectedGroups
        {
            Groups = [.. finished.Where(IsWanted)],
            NextCursor = order.Cursor + _prefix,
            AllCorrect = finished.Count(group => !IsWanted(group) && group.CorrectCount() == order.GroupSize),
            AllWrong = finished.Count(group => !IsWanted(group) && group.CorrectCount() == 0),
            SampledTokens = _sampledTokens,
            ContinuedTokens = _continuedTokens,
            RecoveredTokens = _recoveredTokens,
            Fates = string.Concat(finished.Select(FateOf)),
        };
    }

    public CollectionExhaustedException Exhausted() =>
        new(order.Groups, _taken, _prefix, _solved);

    /// <summary>Starts as many groups as should yield those still missing.</summary>
    private void StartGroups()
    {
        var informative = _taken + _groups.Skip(_prefix).Count(group => group.IsFinished && IsWanted(group));
        var pending = _groups.Skip(_prefix).Count(group => !group.IsFinished);
        var needed = (int)Math.Ceiling((order.Groups - informative) / Math.Clamp(order.ExpectedYield, 0.1, 1));

        for (; pending < needed && _groups.Count < order.MostGroups; pending++)
            StartGroup();
    }

    /// <summary>Takes the groups that are finished, in the order of prompts.</summary>
    private void Advance()
    {
        while (_taken < order.Groups && _prefix < _groups.Count && _groups[_prefix].IsFinished)
        {
            var group = _groups[_prefix++].ToGroup();
            if (IsWanted(group))
                _taken++;
            if (group.CorrectCount() == order.GroupSize)
                _solved++;
        }
    }

    /// <summary>An earlier life of the pool may have asked for a response. Groups start in the order of prompts, so those before it were started too.</summary>
    private void StartThrough(ResponseName name)
    {
        while (FindPlace(name) is null && _groups.Count < order.MostGroups)
            StartGroup();
    }

    private int? FindPlace(ResponseName name) =>
        FindGroup(name) is { } group ? (group.Number * order.GroupSize) + (name.ResponseIndex % order.GroupSize) : null;

    private PendingGroup? FindGroup(ResponseName name) =>
        _byPrompt.GetValueOrDefault(name.PromptId)?.ElementAtOrDefault(name.ResponseIndex / order.GroupSize);

    private char FateOf(RolloutGroup group) =>
        IsWanted(group) ? GroupFate.Trained : group.CorrectCount() == 0 ? GroupFate.AllWrong : GroupFate.AllCorrect;

    private void StartGroup()
    {
        var prompt = promptAt(order.Cursor + _groups.Count);
        if (!_byPrompt.TryGetValue(prompt.Id, out var turns))
            _byPrompt[prompt.Id] = turns = [];

        // A small data set may come round within one collection: its next group counts its responses on, which also
        // gives them random numbers of their own.
        var group = new PendingGroup(
            prompt, _groups.Count, turns.Count * order.GroupSize, order.GroupSize, order.HoldsTournaments && ResponseVerifier.Compares(prompt.RewardStyle));
        turns.Add(group);
        _groups.Add(group);
    }

    private bool IsWanted(PendingGroup group) => IsWanted(group.ToGroup());

    private bool IsWanted(RolloutGroup group) => !order.OnlyInformative || GroupFilter.IsInformative(group);
}
