using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Devices;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.HuggingFace;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;
using TorchSharp;

namespace SeedOrleans.Engine.Rollout;

/// <summary>A policy of ours that is talked to as any chat model is.</summary>
/// <remarks>
/// Calls that come while others are at work wait and then go together, on one device thread. The same call gives the same bits in whatever company:
/// weights are packed, and random numbers are addressed by seed and prompt. A last message by the assistant is the beginning of the reply, and not
/// repeated in it. Log-probs (<see cref="ChatLogProbs"/>) are those at temperature 1. Safe to use from many threads.
/// </remarks>
public sealed class PolicyChatClient : IChatClient
{
    private readonly DeviceThread _thread = new("policy chat");
    private readonly ConcurrentQueue<PolicyChatCall> _waiting = [];
    private readonly ITextTokenizer _tokenizer;
    private readonly ModelWeights _weights;
    private readonly Transformer _policy;
    private readonly PolicyChatOptions _options;
    private readonly ChatClientMetadata _metadata;
    private readonly ImmutableArray<int> _stopTokens;

    private PolicyChatClient(string folder, ITextTokenizer tokenizer, ModelWeights weights, PolicyChatOptions options)
    {
        (_tokenizer, _weights, _options) = (tokenizer, weights, options);
        _policy = new Transformer(weights, tokenizer.VocabularySize);
        _metadata = new ChatClientMetadata("policy", defaultModelId: folder);
        _stopTokens = [.. weights.Config.EosTokenIds.Append(tokenizer.EndOfText).Distinct()];
    }

    /// <param name="folder">config.json, safetensors and tokenizer.json.</param>
    /// <exception cref="ModelFolderException">There is no such model, or it does not hang together with its tokenizer.</exception>
    /// <exception cref="SafetensorsFormatException">A file is damaged.</exception>
    /// <exception cref="TokenizerFormatException">There is no such tokenizer, or it is damaged.</exception>
    /// <exception cref="Data.ChatTemplateException">The tokenizer cannot write ChatML, and it is asked for.</exception>
    public static PolicyChatClient Open(string folder, PolicyChatOptions options)
    {
        var tokenizer = TokenizerFile.Load(folder);
        PolicyChatPrompt.Check(tokenizer, options.Template);
        var known = PolicyFolder.ReadConfig(folder).VocabularySize;
        if (tokenizer.VocabularySize > known)
            throw new ModelFolderException(folder, $"its tokenizer has {tokenizer.VocabularySize} tokens and the model {known}; take the tokenizer.json that belongs to the model");

        return new PolicyChatClient(folder, tokenizer, PolicyFolder.Load(folder, ModelConfig.TypeOf(options.Dtype)).Pack(), options);
    }

    /// <exception cref="UnreadableForJudgeException">The tokenizer cannot spell the messages, or the context cannot hold them and a reply.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var prompt = PolicyChatPrompt.Encode(_tokenizer, _options.Template, [.. messages]);
        var call = new PolicyChatCall(Request(prompt, options), options.WantsLogProbs() ? ChatLogProbs.MostAlternatives : 0, cancellationToken);
        _waiting.Enqueue(call);

        // Whatever work runs first takes the call along; this call's own is there in case that nothing runs.
        var work = _thread.RunAsync(Work, CancellationToken.None);
        var first = await Task.WhenAny(call.Reply, work).WaitAsync(cancellationToken).ConfigureAwait(false);
        await first.ConfigureAwait(false);
        return Reply(await call.Reply.WaitAsync(cancellationToken).ConfigureAwait(false));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reply = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in reply.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        _ = _thread.RunAsync(Release, CancellationToken.None);
        _thread.Dispose();
    }

    private RolloutRequest Request(ImmutableArray<int> prompt, ChatOptions? options)
    {
        var room = _policy.Config.MaxPositions - prompt.Length;
        if (prompt.IsEmpty || room < 1)
            throw new UnreadableForJudgeException($"The judge is asked with {prompt.Length} tokens, and its context of {_policy.Config.MaxPositions} must hold at least one of them and one of a reply.");

        return new RolloutRequest
        {
            // The tokens address the random numbers: equal calls are equal, whoever makes them.
            Prompt = new Prompt { Id = string.Join(' ', prompt), Tokens = prompt, Question = "", DataSource = "", RewardStyle = "", GroundTruth = "" },
            ResponseIndex = 0,
            Sampling = new SamplingParameters
            {
                Temperature = options?.Temperature ?? 0,
                TopP = options?.TopP ?? 1,
                TopK = options?.TopK ?? 0,
                MaxResponseTokens = Math.Min(options?.MaxOutputTokens ?? _options.MaxTokens, room),
                StopTokens = _stopTokens,
            },
            Seed = (ulong)(options?.Seed ?? _options.Seed),
            CollectionId = 0,
        };
    }

    /// <summary>On the device thread: all that wait, together.</summary>
    private void Work()
    {
        List<PolicyChatCall> calls = [];
        while (_waiting.TryDequeue(out var call))
        {
            if (!call.IsCancelled)
                calls.Add(call);
        }

        if (calls.Count == 0)
            return;

        try
        {
            Generate(calls);
        }
        catch (Exception failure) // The boundary between threads: it belongs to those that wait.
        {
            calls.ForEach(call => call.Fail(failure));
        }
    }

    private void Generate(List<PolicyChatCall> calls)
    {
        torch.set_num_threads(_options.Threads);
        var capacity = calls.Max(call => call.Tokens);
        var slots = Math.Min(calls.Count, Math.Clamp(_options.CacheTokens / capacity, 1, _options.Slots));
        using var engine = new GenerationEngine(_policy, PolicyVersion.Initial, slots, capacity);

        var byRequest = calls.ToDictionary<PolicyChatCall, RolloutRequest>(call => call.Request, ReferenceEqualityComparer.Instance);
        foreach (var call in calls)
            engine.Submit(call.Request, call.Alternatives);

        while (engine.Unfinished > 0 && !calls.TrueForAll(call => call.IsOver))
        {
            foreach (var finished in engine.Step())
                byRequest[finished.Request].Finish(finished);
        }
    }

    private ChatResponse Reply(FinishedRollout finished)
    {
        var trajectory = finished.Trajectory;
        var written = trajectory.ResponseTokens;
        var reply = new ChatResponse(new ChatMessage(ChatRole.Assistant, _tokenizer.Decode(written.AsSpan())))
        {
            ModelId = _metadata.DefaultModelId,
            FinishReason = trajectory.StopReason == StopReason.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length,
            Usage = new UsageDetails
            {
                InputTokenCount = trajectory.PromptTokens.Length,
                OutputTokenCount = written.Length,
                TotalTokenCount = trajectory.PromptTokens.Length + written.Length,
            },
        };

        return finished.Alternatives.IsEmpty ? reply : reply.WithLogProbs([.. finished.Alternatives.Select(Spell)]);
    }

    private TokenAlternatives Spell(ImmutableArray<LikelyToken> place) =>
        new([.. place.Select(likely => new TokenChance(_tokenizer.Decode([likely.Token], skipSpecialTokens: false), likely.LogProb))]);

    private void Release()
    {
        _policy.Dispose();
        _weights.Dispose();
    }
}
