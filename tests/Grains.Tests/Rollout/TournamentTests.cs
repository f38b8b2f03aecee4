using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Rollout;

namespace SeedOrleans.Grains.Tests.Rollout;

/// <summary>Groups whose responses are judged together, once all are there.</summary>
public sealed class TournamentTests
{
    private const int GroupSize = 3;

    [Fact]
    public void A_group_is_announced_once_when_its_last_response_comes_and_is_finished_by_the_result()
    {
        var collection = Collection(groups: 1);
        var requests = Take(collection);
        Assert.All(requests, request => Assert.True(request.AwaitsGroup));

        collection.Accept(Response(requests[2]));
        collection.Accept(Response(requests[0]));
        Assert.Empty(collection.TakeTournaments());

        collection.Accept(Response(requests[1]));
        var tournament = Assert.Single(collection.TakeTournaments());
        Assert.Equal(["response 0", "response 1", "response 2"], tournament.Texts);
        Assert.Empty(collection.TakeTournaments());
        Assert.False(collection.IsComplete);

        collection.Accept(Result(tournament, 0.5, 0, -0.5));
        Assert.True(collection.IsComplete);
        Assert.Equal([0.5, 0, -0.5], Scores(collection));
    }

    [Fact]
    public void A_result_that_comes_again_changes_nothing()
    {
        var collection = Collection(groups: 1);
        var tournament = Fill(collection)[0];

        collection.Accept(Result(tournament, 1, 0, -1));
        collection.Accept(Result(tournament, -1, 0, 1));

        Assert.Equal([1, 0, -1], Scores(collection));
    }

    /// <summary>The log of judged responses, read by a pool that knows nothing: one tournament had ended, another had not.</summary>
    [Fact]
    public void Another_life_of_the_pool_announces_what_has_no_result()
    {
        var earlier = Collection(groups: 2);
        var requests = Take(earlier);
        var ended = Fill(earlier, requests)[0];

        var later = Collection(groups: 2);
        foreach (var request in requests)
            later.Accept(Response(request));

        later.Accept(Result(ended, 1, 0, -1));
        var open = Assert.Single(later.TakeTournaments());

        Assert.Equal("p1", open.Prompt.Id);
        Assert.Empty(later.Take(100));
        later.Accept(Result(open, 1, 0, -1));
        Assert.True(later.IsComplete);
    }

    [Fact]
    public void A_group_whose_responses_are_all_even_is_not_informative()
    {
        var collection = Collection(groups: 1, mostGroups: 2, onlyInformative: true);

        collection.Accept(Result(Fill(collection)[0], 0, 0, 0));
        collection.Accept(Result(Fill(collection)[0], 0.5, 0, -0.5));

        Assert.Equal("p1", Assert.Single(collection.Result().Groups).Prompt.Id);
    }

    [Fact]
    public void What_could_not_be_announced_is_announced_again()
    {
        var collection = Collection(groups: 1);
        var tournament = Fill(collection)[0];

        collection.Return(tournament);
        Assert.Equivalent(tournament, Assert.Single(collection.TakeTournaments()));
    }

    [Theory]
    [InlineData(false, "pairwise")]
    [InlineData(true, "math")]
    public void Other_responses_are_judged_one_by_one(bool holdsTournaments, string style)
    {
        var collection = Collection(groups: 1, style: style, holdsTournaments: holdsTournaments);
        var requests = Take(collection);
        foreach (var request in requests)
            collection.Accept(Response(request));

        Assert.All(requests, request => Assert.False(request.AwaitsGroup));
        Assert.Empty(collection.TakeTournaments());
        Assert.True(collection.IsComplete);
    }

    private static IEnumerable<double> Scores(SampleCollection collection) =>
        Assert.Single(collection.Result().Groups).Responses.Select(response => response.Verdict.Score);

    private static IReadOnlyList<Tournament> Fill(SampleCollection collection) => Fill(collection, Take(collection));

    private static IReadOnlyList<Tournament> Fill(SampleCollection collection, IEnumerable<RolloutRequest> requests)
    {
        foreach (var request in requests)
            collection.Accept(Response(request));

        return collection.TakeTournaments();
    }

    private static ImmutableArray<RolloutRequest> Take(SampleCollection collection) => [.. collection.Take(100).Select(collection.RequestAt)];

    private static SampleCollection Collection(int groups, int? mostGroups = null, bool onlyInformative = false, string style = "pairwise", bool holdsTournaments = true)
    {
        var order = new CollectionOrder
        {
            CollectionId = 1,
            Split = PromptSplit.Training,
            Cursor = 0,
            Groups = groups,
            GroupSize = GroupSize,
            OnlyInformative = onlyInformative,
            MostGroups = mostGroups ?? groups,
            Policy = PolicyVersion.Initial,
            Sampling = new SamplingParameters { MaxResponseTokens = 4 },
            Seed = 1,
            HoldsTournaments = holdsTournaments,
        };
        return new SampleCollection(order, cursor => Responses.Prompt($"p{cursor}", style));
    }

    private static ScoredTrajectory Response(RolloutRequest request) =>
        Responses.To(request.Prompt.Id, request.ResponseIndex, right: false, text: $"response {request.ResponseIndex}");

    private static TournamentResult Result(Tournament tournament, params double[] rewards) => new()
    {
        CollectionId = tournament.CollectionId,
        PromptId = tournament.Prompt.Id,
        FirstIndex = tournament.FirstIndex,
        Verdicts = [.. rewards.Select(reward => new Verdict { Correct = reward > 0, Score = reward, Reason = "compared", IsGraded = true })],
    };
}
