using CsCheck;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Rollout;

namespace SeedOrleans.Grains.Tests.Rollout;

public sealed class SampleCollectionTests
{
    /// <summary>A collection, the data set it draws from, which answers are right, and how its workers behave.</summary>
    private sealed record Case(CollectionOrder Order, int Prompts, int RightPercent, int Seed);

    private static readonly Gen<Case> Cases =
        from groups in Gen.Int[1, 5]
        from size in Gen.Int[1, 4]
        from oversampling in Gen.Int[1, 5]
        from informative in Gen.Bool
        from cursor in Gen.Int[0, 30]
        from expectedYield in Gen.Double[0, 1]
        from prompts in Gen.Int[1, 12]
        from right in Gen.Int[0, 100]
        from seed in Gen.Int
        select new Case(
            Order(groups, size, informative, groups * (informative ? oversampling : 1), cursor, expectedYield), prompts, right, seed);

    [Fact]
    public void Worked_example()
    {
        // Prompt 0 is all right, prompt 1 mixed, prompt 2 all wrong, prompt 3 mixed.
        bool[][] right = [[true, true], [true, false], [false, false], [false, true]];
        var collection = new SampleCollection(Order(2, 2, true, 4, 0, 1), cursor => Named($"p{cursor}"));

        while (Requests(collection, 1) is [var request])
            collection.Accept(Answer(request, right[request.Prompt.Id[1] - '0'][request.ResponseIndex]));

        var result = collection.Result();
        Assert.True(collection.IsComplete);
        Assert.Equal(["p1", "p3"], result.Groups.Select(group => group.Prompt.Id));
        Assert.Equal((4L, 1, 1), (result.NextCursor, result.AllCorrect, result.AllWrong));
    }

    /// <remarks>Expected from a slow walk over the prompts in order, which knows no timing at all.</remarks>
    [Fact]
    public void Neither_the_order_of_responses_nor_the_sizes_of_takes_nor_repetitions_change_the_result() =>
        Cases.Sample(given =>
        {
            var collection = Drive(given, new Random(given.Seed));
            Assert.Equal(Walk(given), Describe(collection));
        });

    [Fact]
    public void The_expected_yield_never_changes_the_result() =>
        Cases.Select(Gen.Double[0, 1]).Sample((given, other) =>
        {
            var changed = given with { Order = given.Order with { ExpectedYield = other } };
            Assert.Equal(Describe(Drive(given, new Random(1))), Describe(Drive(changed, new Random(2))));
        });

    [Fact]
    public void No_more_groups_are_started_than_allowed_and_no_response_is_asked_for_twice() =>
        Cases.Sample(given =>
        {
            var asked = new List<RolloutRequest>();
            Drive(given, new Random(given.Seed), asked);

            Assert.InRange(asked.Count, 0, given.Order.MostGroups * given.Order.GroupSize);
            Assert.Equal(asked.Count, asked.Select(request => (request.Prompt.Id, request.ResponseIndex)).Distinct().Count());
        });

    [Fact]
    public void A_data_set_smaller_than_the_collection_counts_its_responses_on()
    {
        var collection = new SampleCollection(Order(3, 2, false, 3, 0, 1), _ => Named("only"));

        var requests = Requests(collection, 100);

        Assert.Equal([0, 1, 2, 3, 4, 5], requests.Select(request => request.ResponseIndex));
        foreach (var request in requests.Reverse())
            collection.Accept(Answer(request, right: false));
        Assert.Equal(
            [[0, 1], [2, 3], [4, 5]],
            collection.Result().Groups.Select(group => group.Responses.Select(response => response.Trajectory.ResponseIndex)));
    }

    [Fact]
    public void A_collection_that_cannot_find_enough_says_what_it_found_and_what_to_do()
    {
        var collection = new SampleCollection(Order(2, 2, true, 3, 0, 1), cursor => Named($"p{cursor}"));
        while (Requests(collection, 1) is [var request])
            collection.Accept(Answer(request, right: request.Prompt.Id == "p0"));

        Assert.True(collection.IsExhausted);
        var message = collection.Exhausted().Message;
        Assert.Contains("Only 0 of 3 prompt groups", message, StringComparison.Ordinal);
        Assert.Contains("(1 all right, 2 all wrong)", message, StringComparison.Ordinal);
        Assert.Contains("algorithm.dynamic_sampling: false", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_solves_nearly_everything_gets_what_little_there_is()
    {
        var collection = new SampleCollection(Order(2, 2, true, 3, 0, 1), cursor => Named($"p{cursor}"));
        while (Requests(collection, 1) is [var request])
            collection.Accept(Answer(request, right: request.Prompt.Id != "p1" || request.ResponseIndex == 0));

        Assert.True(collection.IsComplete);
        Assert.Equal(["p1"], collection.Result().Groups.Select(group => group.Prompt.Id));
    }

    [Fact]
    public void A_complete_collection_asks_for_nothing_more()
    {
        var collection = new SampleCollection(Order(1, 2, true, 8, 0, 0.1), cursor => Named($"p{cursor}"));
        foreach (var request in Requests(collection, 2))
            collection.Accept(Answer(request, right: request.ResponseIndex == 0));

        Assert.True(collection.IsComplete);
        Assert.Empty(Requests(collection, 100));
    }

    [Fact]
    public void Answers_to_questions_that_were_not_asked_change_nothing()
    {
        var collection = new SampleCollection(Order(1, 2, false, 1, 0, 1), cursor => Named($"p{cursor}"));
        var request = Requests(collection, 2)[0];

        collection.Accept(Answer(request with { Prompt = Named("stranger") }, right: true));
        collection.Accept(Answer(request with { ResponseIndex = 7 }, right: true));

        Assert.False(collection.IsComplete);
        Assert.Equal(0, collection.Result().SampledTokens);
    }

    /// <summary>Takes and answers in an order that <paramref name="chance"/> chooses, some answers twice, until the collection is over.</summary>
    private static SampleCollection Drive(Case given, Random chance, List<RolloutRequest>? asked = null)
    {
        var collection = new SampleCollection(given.Order, cursor => PromptAt(given, cursor));
        var open = new List<RolloutRequest>();
        var done = new List<RolloutRequest>();
        while (!collection.IsComplete && !collection.IsExhausted)
        {
            var taken = chance.Next(2) == 0 || open.Count == 0 ? Requests(collection, chance.Next(1, 12)) : [];
            asked?.AddRange(taken);
            open.AddRange(taken);

            // Without this a collection that neither ends nor asks would hang the test.
            Assert.NotEmpty(open);
            for (var answers = chance.Next(open.Count + 1); answers > 0; answers--)
            {
                var place = chance.Next(open.Count);
                collection.Accept(Answer(open[place], IsRight(given, open[place].Prompt.Id, open[place].ResponseIndex)));
                done.Add(open[place]);
                open.RemoveAt(place);
            }

            if (done.Count > 0)
            {
                var again = done[chance.Next(done.Count)];
                collection.Accept(Answer(again, !IsRight(given, again.Prompt.Id, again.ResponseIndex)));
            }
        }

        return collection;
    }

    private static string Walk(Case given)
    {
        var order = given.Order;
        var turns = new Dictionary<string, int>();
        var groups = new List<string>();
        var (allRight, allWrong, solved, place) = (0, 0, 0, 0);
        for (; place < order.MostGroups && groups.Count < order.Groups; place++)
        {
            var prompt = PromptAt(given, order.Cursor + place).Id;
            var turn = turns.GetValueOrDefault(prompt);
            turns[prompt] = turn + 1;

            int[] indices = [.. Enumerable.Range(turn * order.GroupSize, order.GroupSize)];
            var right = indices.Count(index => IsRight(given, prompt, index));
            solved += right == order.GroupSize ? 1 : 0;
            if (!order.OnlyInformative || (right > 0 && right < order.GroupSize))
                groups.Add(Line(prompt, indices, right));
            else if (right == 0)
                allWrong++;
            else
                allRight++;
        }

        var isComplete = groups.Count == order.Groups || (place == order.MostGroups && 2 * solved > place);
        return $"{string.Join(' ', groups)} next {order.Cursor + place} right {allRight} wrong {allWrong} complete {isComplete}";
    }

    private static string Describe(SampleCollection collection)
    {
        var result = collection.Result();
        var groups = result.Groups.Select(group => Line(
            group.Prompt.Id, [.. group.Responses.Select(response => response.Trajectory.ResponseIndex)], group.CorrectCount()));
        return $"{string.Join(' ', groups)} next {result.NextCursor} right {result.AllCorrect} wrong {result.AllWrong} complete {collection.IsComplete}";
    }

    private static string Line(string prompt, int[] indices, int right) => $"{prompt}[{string.Join(',', indices)}]={right}";

    private static Prompt PromptAt(Case given, long cursor) => Named($"p{cursor % given.Prompts}");

    private static bool IsRight(Case given, string prompt, int index) =>
        new Random(given.Seed ^ (prompt[^1] * 7919) ^ (index * 104729)).Next(100) < given.RightPercent;

    private static CollectionOrder Order(int groups, int size, bool informative, int most, long cursor, double expectedYield) => new()
    {
        CollectionId = 1,
        Split = PromptSplit.Training,
        Cursor = cursor,
        Groups = groups,
        GroupSize = size,
        OnlyInformative = informative,
        MostGroups = most,
        ExpectedYield = expectedYield,
        Policy = PolicyVersion.Initial,
        Sampling = new SamplingParameters { MaxResponseTokens = 4 },
        Seed = 1,
    };

    /// <summary>A pool that died and came back knows only what the log tells it.</summary>
    [Fact]
    public void Responses_that_an_earlier_life_asked_for_are_taken_in_and_not_asked_for_again()
    {
        var earlier = new SampleCollection(Order(3, 2, false, 3, 0, 1), cursor => Named($"p{cursor}"));
        var asked = Requests(earlier, 100);

        var collection = new SampleCollection(Order(3, 2, false, 3, 0, 1), cursor => Named($"p{cursor}"));
        foreach (var known in (RolloutRequest[])[asked[5], asked[2], asked[2]])
            collection.Accept(Answer(known, right: true));

        Assert.Equal(["p0#0", "p0#1", "p1#1", "p2#0"], Requests(collection, 100).Select(request => $"{request.Prompt.Id}#{request.ResponseIndex}"));
    }

    [Fact]
    public void What_a_dead_worker_had_is_handed_out_again_unless_it_came()
    {
        var collection = new SampleCollection(Order(2, 2, false, 2, 0, 1), cursor => Named($"p{cursor}"));
        var places = collection.Take(3);
        collection.Accept(Answer(collection.RequestAt(places[1]), right: true));

        collection.Return(places);

        Assert.Equal([places[0], places[2], 3], collection.Take(100));
    }

    [Fact]
    public void A_lost_response_goes_on_from_its_last_noted_token()
    {
        var collection = new SampleCollection(Order(1, 2, false, 1, 0, 1), cursor => Named($"p{cursor}"));
        var places = collection.Take(2);

        collection.Continue([new(new ResponseName("p0", 1), new PartialResponse([7, 8], [-1, -2]))]);
        collection.Return(places);
        var again = Requests(collection, 2);

        Assert.Equal([], again[0].EarlierTokens);
        Assert.Equal([7, 8], again[1].EarlierTokens);
        Assert.Equal([-1f, -2f], again[1].EarlierLogProbs);
        Assert.Equal(2, collection.Result().ContinuedTokens);
    }

    [Fact]
    public void What_was_there_when_somebody_began_anew_is_kept()
    {
        var collection = new SampleCollection(Order(1, 3, false, 1, 0, 1), cursor => Named($"p{cursor}"));
        var places = collection.Take(3);
        collection.Accept(Answer(collection.RequestAt(places[0]), right: true));

        collection.Recovered();
        collection.Continue([new(new ResponseName("p0", 1), new PartialResponse([7], [-1]))]);
        collection.Return(places);
        foreach (var request in Requests(collection, 2))
            collection.Accept(Answer(request, right: true));

        var result = collection.Result();
        Assert.Equal((6L, 2L, 1L, 3L), (result.SampledTokens, result.RecoveredTokens, result.ContinuedTokens, result.KeptTokens));
    }

    [Fact]
    public void What_somebody_holds_is_handed_to_nobody_else_until_it_is_returned()
    {
        var collection = new SampleCollection(Order(2, 2, false, 2, 0, 1), cursor => Named($"p{cursor}"));

        var held = collection.Hold([new ResponseName("p1", 0), new ResponseName("stranger", 0)]);

        Assert.Equal([2], held);
        Assert.Equal(["p0#0", "p0#1", "p1#1"], Requests(collection, 100).Select(request => $"{request.Prompt.Id}#{request.ResponseIndex}"));
        collection.Return(held);
        Assert.Equal("p1", Assert.Single(Requests(collection, 100)).Prompt.Id);
    }

    [Fact]
    public void Every_group_that_is_passed_has_a_fate()
    {
        Cases.Sample(given =>
        {
            var result = Drive(given, new Random(given.Seed)).Result();

            Assert.Equal(result.NextCursor - given.Order.Cursor, result.Fates.Length);
            Assert.Equal(result.Groups.Length, result.Fates.Count(fate => fate == GroupFate.Trained));
            Assert.Equal(result.AllCorrect, result.Fates.Count(fate => fate == GroupFate.AllCorrect));
            Assert.Equal(result.AllWrong, result.Fates.Count(fate => fate == GroupFate.AllWrong));
        });
    }

    private static RolloutRequest[] Requests(SampleCollection collection, int most) =>
        [.. collection.Take(most).Select(collection.RequestAt)];

    private static Prompt Named(string id) => Responses.Prompt(id);

    private static ScoredTrajectory Answer(RolloutRequest request, bool right) => Responses.To(request.Prompt.Id, request.ResponseIndex, right, tokens: 2);
}
