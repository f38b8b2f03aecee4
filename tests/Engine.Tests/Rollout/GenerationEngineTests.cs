using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Rollout;
using SeedOrleans.Engine.Tests.Models;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Engine.Tests.Rollout;

public sealed class GenerationEngineTests
{
    private const int Capacity = 40;

    /// <summary>The trainer computes whole sequences at once, the sampler token by token through its cache: two independent ways.</summary>
    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void Sampler_and_trainer_give_the_same_log_probs(string model)
    {
        using var weights = ModelWeights.Random(TinyModels.Named(model), seed: 5);
        using var policy = new Transformer(weights);

        var sampled = Generate(policy, [.. Requests(20, temperature: 0.7)], slots: 6);
        var scored = SequenceScorer.Score(
            policy, [.. sampled.Select(rollout => Sequence(rollout.Trajectory))], temperature: 0.7, microBatchTokens: 100,
            TestContext.Current.CancellationToken);

        var differences = sampled.Zip(scored)
            .SelectMany(pair => pair.First.Trajectory.RolloutLogProbs.Zip(pair.Second, (one, other) => Math.Abs(one - other)));
        Assert.InRange(differences.Average(), 0, 1e-5);
    }

    /// <summary>Neither the number of slots nor who else is in the batch may change what a request gets.</summary>
    [Theory]
    [InlineData(1, 64)]
    [InlineData(3, 64)]
    [InlineData(64, 64)]
    [InlineData(5, 1)]
    [InlineData(5, 3)]
    public void Answers_do_not_depend_on_slots_or_chunks(int slots, int prefillChunk)
    {
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 5);
        using var policy = new Transformer(weights);

        var expected = Generate(policy, [.. Requests(12)], slots: 4);
        var actual = Generate(policy, [.. Requests(12)], slots, prefillChunk);

        Assert.Equal(expected.Select(Tokens), actual.Select(Tokens));
    }

    /// <summary>Alone, each response feeds its own prompt; together, siblings copy it from the first, some while it is still being fed.</summary>
    [Theory]
    [InlineData(3, 64)]
    [InlineData(7, 64)]
    [InlineData(7, 2)]
    [InlineData(64, 3)]
    public void Siblings_get_what_each_would_get_alone(int slots, int prefillChunk)
    {
        using var weights = ModelWeights.Random(TinyModels.Moe, seed: 5);
        using var policy = new Transformer(weights);
        RolloutRequest[] groups =
        [
            .. Requests(6).SelectMany(request => Enumerable.Range(0, 5).Select(index => request with { ResponseIndex = index })),
        ];

        // One of them was interrupted and brings tokens of its own.
        groups[^2] = groups[^2] with { EarlierTokens = [3, 9], EarlierLogProbs = [-1, -2] };

        var expected = groups.SelectMany(request => Generate(policy, [request], slots: 1));
        var actual = Generate(policy, groups, slots, prefillChunk);

        Assert.Equal(
            expected.Select(Tokens), actual.OrderBy(rollout => Array.IndexOf(groups, rollout.Request)).Select(Tokens));
    }

    /// <summary>What recovery stands on: bits depend on a response's own tokens, not on company, slots, or where it was cut.</summary>
    [Theory, MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void A_response_has_the_same_bits_alone_in_a_crowd_and_cut_in_two(string name)
    {
        using var weights = ModelWeights.Random(TinyModels.Named(name) with { MaxPositions = 400 }, seed: 5).Pack();
        using var policy = new Transformer(weights);
        RolloutRequest[] requests =
        [
            .. Requests(40, temperature: 0.9).Select((request, place) => request with
            {
                Sampling = request.Sampling with { MaxResponseTokens = place % 5 == 0 ? 200 : 10 + place, StopTokens = [] },
            }),
        ];

        var crowd = Generate(policy, requests, slots: 33, prefillChunk: 4, capacity: 400).ToDictionary(rollout => rollout.Request);
        foreach (var request in requests.Where((_, place) => place % 3 == 0))
        {
            var expected = crowd[request].Trajectory;
            var cut = expected.ResponseTokens.Length / 2;
            var rest = request with { EarlierTokens = expected.ResponseTokens[..cut], EarlierLogProbs = expected.RolloutLogProbs[..cut] };
            foreach (var again in (RolloutRequest[])[request, rest])
            {
                var actual = Generate(policy, [again], slots: 1, prefillChunk: 4, capacity: 400).Single().Trajectory;
                Assert.Equal(expected.ResponseTokens, actual.ResponseTokens);
                Assert.Equal(expected.RolloutLogProbs.Select(BitConverter.SingleToInt32Bits), actual.RolloutLogProbs.Select(BitConverter.SingleToInt32Bits));
            }
        }
    }

    [Fact]
    public void Prompts_of_one_name_and_different_tokens_are_not_siblings()
    {
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 5);
        using var policy = new Transformer(weights);
        var first = Requests(8).Last();
        var second = first with { Prompt = first.Prompt with { Tokens = [.. first.Prompt.Tokens.Reverse()] }, ResponseIndex = 5 };

        var expected = Generate(policy, [second], slots: 1).Select(Tokens);
        var actual = Generate(policy, [first, second], slots: 2).Where(rollout => rollout.Request == second).Select(Tokens);

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void An_interrupted_response_goes_on_as_if_nothing_had_happened()
    {
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 5);
        using var policy = new Transformer(weights);
        var whole = Generate(policy, [.. Requests(6)], slots: 4);

        using var engine = Engine(policy, slots: 4);
        foreach (var request in Requests(6))
            engine.Submit(request);

        List<FinishedRollout> finished = [.. engine.Step(), .. engine.Step(), .. engine.Step()];
        var partial = engine.Abort();
        Assert.All(partial, rollout => Assert.Equal(StopReason.Aborted, rollout.Trajectory.StopReason));
        Assert.Equal(0, engine.Unfinished);

        foreach (var (request, trajectory) in partial)
            engine.Submit(request with { EarlierTokens = trajectory.ResponseTokens, EarlierLogProbs = trajectory.RolloutLogProbs });

        Drain(engine, finished);
        Assert.Equal(whole.Select(Tokens), Sorted(finished).Select(Tokens));
    }

    [Fact]
    public void A_stop_token_ends_a_response_and_is_its_last()
    {
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 5);
        using var policy = new Transformer(weights);
        var request = Requests(1).Single();
        request = request with { Sampling = request.Sampling with { StopTokens = [.. Enumerable.Range(0, 12)] } };

        var trajectory = Generate(policy, [request], slots: 1).Single().Trajectory;

        Assert.Equal(StopReason.Stop, trajectory.StopReason);
        Assert.InRange(trajectory.ResponseTokens[^1], 0, 11);
        Assert.All(trajectory.ResponseTokens[..^1], token => Assert.InRange(token, 12, TinyModels.Vocabulary));
    }

    [Fact]
    public void Greedy_answers_ignore_the_seed()
    {
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 5);
        using var policy = new Transformer(weights);

        var one = Generate(policy, [.. Requests(4, temperature: 0, seed: 1)], slots: 4);
        var other = Generate(policy, [.. Requests(4, temperature: 0, seed: 2)], slots: 4);

        Assert.Equal(one.Select(Tokens), other.Select(Tokens));
    }

    [Fact]
    public void A_request_that_could_outgrow_its_slot_is_refused()
    {
        using var weights = ModelWeights.Random(TinyModels.Dense, seed: 5);
        using var policy = new Transformer(weights);
        using var engine = Engine(policy, slots: 1);
        var request = Requests(1).Single();

        var refused = Assert.Throws<PromptTooLongException>(
            () => engine.Submit(request with { Sampling = request.Sampling with { MaxResponseTokens = Capacity } }));

        Assert.Contains("max_response_tokens", refused.Message, StringComparison.Ordinal);
    }

    private static GenerationEngine Engine(Transformer policy, int slots, int prefillChunk = 64, int capacity = Capacity) =>
        new(policy, PolicyVersion.Initial, slots, capacity, prefillChunk);

    /// <summary>Prompts of 1 to 12 tokens.</summary>
    private static IEnumerable<RolloutRequest> Requests(int count, double temperature = 1, ulong seed = 3) =>
        Enumerable.Range(0, count).Select(index => new RolloutRequest
        {
            Prompt = new Prompt
            {
                Id = $"p{index}",
                Tokens = [.. Enumerable.Range(0, 1 + (index % 12)).Select(place => ((index * 7) + (place * 5)) % 24)],
                Question = "",
                DataSource = "test",
                RewardStyle = "rule",
                GroundTruth = "",
            },
            ResponseIndex = index % 3,
            Seed = seed,
            CollectionId = 0,
            Sampling = new SamplingParameters { MaxResponseTokens = 5 + (index % 20), Temperature = temperature, StopTokens = [0] },
        });

    private static List<FinishedRollout> Generate(
        Transformer policy, RolloutRequest[] requests, int slots, int prefillChunk = 64, int capacity = Capacity)
    {
        using var engine = Engine(policy, slots, prefillChunk, capacity);
        foreach (var request in requests)
            engine.Submit(request);

        var finished = new List<FinishedRollout>();
        Drain(engine, finished);
        return Sorted(finished);
    }

    private static void Drain(GenerationEngine engine, List<FinishedRollout> finished)
    {
        while (engine.Unfinished > 0)
            finished.AddRange(engine.Step());
    }

    private static List<FinishedRollout> Sorted(List<FinishedRollout> finished) =>
        [.. finished.OrderBy(rollout => rollout.Request.Prompt.Id, StringComparer.Ordinal)];

    private static string Tokens(FinishedRollout rollout) => string.Join(",", rollout.Trajectory.ResponseTokens);

    private static TrainingSequence Sequence(Trajectory trajectory) => new()
    {
        PromptTokens = trajectory.PromptTokens,
        ResponseTokens = trajectory.ResponseTokens,
        TokenWeight = 1,
    };
}
