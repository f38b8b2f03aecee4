using System.Collections.Immutable;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Local;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Rollout;

namespace SeedOrleans.Client.DataTools;

/// <summary>Samples responses to many questions, those of all of them in one running batch.</summary>
/// <remarks>A response depends on the seed, its question's place and its index alone, not on what is sampled beside it.</remarks>
internal sealed class QuestionSampler(Transformer policy, ITextTokenizer tokenizer, PromptTemplate template)
{
    /// <summary>Responses at work at once; each holds keys and values of its tokens.</summary>
    private const int Slots = 16;

    /// <param name="maxTokens">Null takes the usual length, or what the context leaves after the longest prompt.</param>
    /// <returns>For each question its responses in the order of their indices.</returns>
    /// <exception cref="CommandFailedException">The tokenizer cannot spell a question, or there is no room to answer it.</exception>
    public ImmutableArray<SampledText>[] Sample(
        IReadOnlyList<MadeQuestion> questions, int samples, double temperature, int? maxTokens, ulong seed, CancellationToken cancellationToken)
    {
        var prompts = questions.Select(Encode).ToArray();
        var room = questions.Zip(prompts, (question, prompt) => RoomAfter(question, prompt, maxTokens)).Min();
        var sampling = new SamplingParameters
        {
            Temperature = temperature,
            MaxResponseTokens = room,
            StopTokens = [.. policy.Config.EosTokenIds.Append(tokenizer.EndOfText).Distinct()],
        };

        using var engine = new GenerationEngine(policy, PolicyVersion.Initial, Slots, prompts.Max(prompt => prompt.Length) + room);
        var sampled = new SampledText[questions.Count][];
        for (var place = 0; place < questions.Count; place++)
        {
            sampled[place] = new SampledText[samples];
            for (var index = 0; index < samples; index++)
                engine.Submit(Request(place, prompts[place], index, sampling, seed));
        }

        while (engine.Unfinished > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var rollout in engine.Step())
                sampled[rollout.Request.CollectionId][rollout.Trajectory.ResponseIndex] = new SampledText(
                    tokenizer.Decode(rollout.Trajectory.ResponseTokens.AsSpan()), rollout.Trajectory.ResponseTokens.Length, !rollout.Trajectory.IsTruncated());
        }

        return [.. sampled.Select(responses => responses.ToImmutableArray())];
    }

    private ImmutableArray<int> Encode(MadeQuestion question)
    {
        try
        {
            return template == PromptTemplate.Chatml ? ChatMl.Encode(tokenizer, question.Row.Messages) : tokenizer.EncodePlain(question.Row.ReadQuestion());
        }
        catch (UnknownCharacterException unknown)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{question.Place}: {unknown.Message}");
        }
    }

    private int RoomAfter(MadeQuestion question, ImmutableArray<int> prompt, int? maxTokens)
    {
        try
        {
            return ResponseRoom.Of(prompt, policy, maxTokens, "--max-response-tokens");
        }
        catch (CommandFailedException refusal)
        {
            throw new CommandFailedException(refusal.ExitCode, $"{question.Place}: {refusal.Message}");
        }
    }

    private static RolloutRequest Request(int place, ImmutableArray<int> prompt, int index, SamplingParameters sampling, ulong seed) => new()
    {
        Prompt = new Prompt { Id = $"question/{place}", Tokens = prompt, Question = "", DataSource = "", RewardStyle = "", GroundTruth = "" },
        ResponseIndex = index,
        Sampling = sampling,
        Seed = seed,
        CollectionId = place,
    };
}
