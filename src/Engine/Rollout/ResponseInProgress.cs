using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Rollout;

/// <summary>A request on its way: its tokens so far, and how many of them the cache knows.</summary>
internal sealed class ResponseInProgress
{
    private readonly ulong _address;
    private readonly int[] _tokens; // prompt, then response
    private readonly float[] _logProbs; // of response tokens
    private readonly PolicyVersion _policy;
    private readonly List<ImmutableArray<LikelyToken>> _alternatives = [];
    private int _noted; // response tokens that were told of, by whoever asked for progress

    public ResponseInProgress(RolloutRequest request, PolicyVersion policy, int alternatives = 0)
    {
        Request = request;
        AlternativeCount = alternatives;
        _policy = policy;
        _address = AddressedRandom.Hash(request.Prompt.Id);
        PromptCount = request.Prompt.Tokens.Length;
        Count = PromptCount + request.EarlierTokens.Length;
        _noted = request.EarlierTokens.Length;
        _tokens = new int[PromptCount + request.Sampling.MaxResponseTokens];
        _logProbs = new float[request.Sampling.MaxResponseTokens];

        request.Prompt.Tokens.CopyTo(_tokens);
        request.EarlierTokens.CopyTo(_tokens, PromptCount);
        request.EarlierLogProbs.CopyTo(_logProbs);
    }

    public RolloutRequest Request { get; }

    /// <summary>How many of the most likely tokens are noted at each place.</summary>
    public int AlternativeCount { get; }

    public ImmutableArray<ImmutableArray<LikelyToken>> Alternatives => [.. _alternatives];

    public int PromptCount { get; }

    /// <summary>Prompt and response tokens so far.</summary>
    public int Count { get; private set; }

    /// <summary>Tokens whose keys and values are in the cache.</summary>
    public int Cached { get; set; }

    /// <summary>The prompt is cached but for its last token, which the response's own first step may have to predict from.</summary>
    public bool KnowsPrompt => Cached >= PromptCount - 1;

    public int ResponseCount => Count - PromptCount;

    public StopReason? Finished { get; private set; }

    public int TokenAt(int position) => _tokens[position];

    public bool SharesPromptWith(ResponseInProgress other) =>
        Request.Prompt.Id == other.Request.Prompt.Id
        && Request.Prompt.Tokens.AsSpan().SequenceEqual(other.Request.Prompt.Tokens.AsSpan());

    /// <summary>How the next token is drawn: its random number is addressed by seed, prompt, response and position.</summary>
    public RowSampling NextSampling()
    {
        var place = ((ulong)Request.ResponseIndex << 32) | (uint)ResponseCount;
        return new RowSampling(
            Request.Sampling.Temperature, Request.Sampling.TopP, Request.Sampling.TopK,
            AddressedRandom.Uniform(Request.Seed, _address, place));
    }

    public void Note(ImmutableArray<LikelyToken> alternatives) => _alternatives.Add(alternatives);

    public void Append(int token, float logProb)
    {
        _logProbs[ResponseCount] = logProb;
        _tokens[Count++] = token;

        if (Request.Sampling.StopTokens.Contains(token))
            Finished = StopReason.Stop;
        else if (ResponseCount >= Request.Sampling.MaxResponseTokens)
            Finished = StopReason.Length;
    }

    /// <returns>The tokens since the last call; null where there are none.</returns>
    public ResponseProgress? TakeProgress()
    {
        if (ResponseCount == _noted)
            return null;

        var (start, count) = (_noted, ResponseCount - _noted);
        _noted = ResponseCount;
        return new ResponseProgress
        {
            Response = new ResponseName(Request.Prompt.Id, Request.ResponseIndex),
            Start = start,
            Tokens = [.. _tokens.AsSpan(PromptCount + start, count)],
            LogProbs = [.. _logProbs.AsSpan(start, count)],
        };
    }

    public Trajectory ToTrajectory() => new()
    {
        PromptId = Request.Prompt.Id,
        ResponseIndex = Request.ResponseIndex,
        PromptTokens = Request.Prompt.Tokens,
        ResponseTokens = [.. _tokens.AsSpan(PromptCount, ResponseCount)],
        RolloutLogProbs = [.. _logProbs.AsSpan(0, ResponseCount)],
        OldestPolicy = _policy,
        StopReason = Finished ?? StopReason.Aborted,
    };
}
