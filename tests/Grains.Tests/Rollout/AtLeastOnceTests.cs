using System.Collections.Immutable;
using SeedOrleans.Domain.Policies;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Rollout;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Tests.Rollout;

/// <summary>Streams deliver at least once. What comes twice must count once, and an audit must notice where it does not.</summary>
public sealed class AtLeastOnceTests
{
    private const int Groups = 4, GroupSize = 4;

    private static readonly CollectionOrder Order = new()
    {
        CollectionId = 2,
        Split = PromptSplit.Training,
        Cursor = 0,
        Groups = Groups,
        GroupSize = GroupSize,
        OnlyInformative = false,
        MostGroups = Groups,
        Policy = PolicyVersion.Initial,
        Sampling = new SamplingParameters { MaxResponseTokens = 4 },
        Seed = 1,
    };

    [Fact]
    public void A_pool_takes_in_every_response_once_however_often_it_is_delivered()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var collection = new SampleCollection(Order, Prompt);
            collection.Take(Groups * GroupSize);
            foreach (var scored in Delivered(seed))
                collection.Accept(scored);

            Assert.Empty(Audit(collection.Result().Groups));
        }
    }

    /// <summary>The mutation: a pool that fills its groups with whatever is delivered, without looking whether it has it.</summary>
    [Fact]
    public void A_pool_that_does_not_look_for_repetitions_is_found_out()
    {
        var found = 0;
        for (var seed = 0; seed < 50; seed++)
        {
            var groups = Delivered(seed).GroupBy(scored => scored.Trajectory.PromptId).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new RolloutGroup { Prompt = Prompt(group.Key[1] - '0'), Responses = [.. group.Take(GroupSize)] });

            found += Audit([.. groups]).Count > 0 ? 1 : 0;
        }

        // By chance a few deliveries begin with every response once.
        Assert.InRange(found, 40, 50);
    }

    private static IReadOnlyList<string> Audit(ImmutableArray<RolloutGroup> groups)
    {
        var digest = StepRecords.DigestOf(groups.SelectMany(group => group.Responses));
        var audit = new LedgerAudit();
        audit.Add(new StepRecord
        {
            Step = 1,
            Epoch = 1,
            PolicyVersion = 0,
            Seed = 1,
            Layout = new LayoutSpec { Data = 1 },
            Trajectories = [.. groups.SelectMany(group => group.Responses).Select(response => $"{response.Trajectory.PromptId}#{response.Trajectory.ResponseIndex}")],
            Cursor = 0,
            Fates = new string(GroupFate.Trained, Groups),
            Consumed = groups.Length,
            Dropped = ImmutableSortedDictionary<string, int>.Empty,
            ConsumedBefore = 0,
            DroppedBefore = 0,
            NextCursor = Groups,
            LogEnd = 1,
            Content = digest,
            Digest = digest,
            WeightsBefore = "",
            Previous = "",
        });
        return audit.Findings;
    }

    /// <summary>Every response once, twice or three times, in any order.</summary>
    private static List<ScoredTrajectory> Delivered(int seed)
    {
        var chance = new Random(seed);
        var all = Enumerable.Range(0, Groups * GroupSize).SelectMany(place => Enumerable.Repeat(Answer(place / GroupSize, place % GroupSize), 1 + chance.Next(3))).ToArray();
        chance.Shuffle(all);
        return [.. all];
    }

    private static Prompt Prompt(long cursor) => Responses.Prompt($"p{cursor}");

    private static ScoredTrajectory Answer(int prompt, int index) => Responses.To($"p{prompt}", index, right: false);
}
