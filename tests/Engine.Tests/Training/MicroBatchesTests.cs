using CsCheck;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Tests.Models;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Engine.Tests.Training;

public sealed class MicroBatchesTests
{
    private const int Budget = 64;

    private static readonly SequenceWorkload Workload = new(TinyModels.Dense);

    private static readonly Gen<TrainingSequence[]> Shares = Gen.Select(Gen.Int[1, 30], Gen.Int[1, 50], Sequence).Array[0, 30];

    [Fact]
    public void Pieces_add_up_to_the_share_and_keep_to_the_budget_of_real_tokens() => Shares.Sample(share =>
    {
        var pieces = MicroBatches.Split(share, Budget, Workload);

        Assert.True(share.ToHashSet(ReferenceEqualityComparer.Instance).SetEquals(pieces.SelectMany(piece => piece)));
        Assert.Equal(share.Length, pieces.Sum(piece => piece.Count));
        Assert.All(pieces, piece => Assert.True(piece.Count == 1 || piece.Sum(PackedBatch.FedTokens) <= Budget));
    });

    [Fact]
    public void The_piece_with_most_to_do_comes_first() => Shares.Sample(share =>
    {
        var loads = MicroBatches.Split(share, Budget, Workload).Select(piece => piece.Sum(sequence => Workload.Of(PackedBatch.FedTokens(sequence)))).ToArray();

        Assert.Equal(loads.OrderDescending(), loads);
    });

    [Fact]
    public void Ranks_that_agree_on_the_most_rounds_of_any_have_as_many() => Gen.Select(Shares, Shares).Sample((one, other) =>
    {
        var rounds = Math.Max(MicroBatches.Split(one, Budget, Workload).Count, MicroBatches.Split(other, Budget, Workload).Count);

        Assert.Equal(rounds, MicroBatches.SplitInto(one, Budget, Workload, rounds).Count);
        Assert.Equal(rounds, MicroBatches.SplitInto(other, Budget, Workload, rounds).Count);
    });

    /// <summary>What a rank of many equal sequences does in more rounds is still as much in each.</summary>
    [Fact]
    public void More_rounds_share_the_work_out()
    {
        var pieces = MicroBatches.SplitInto([.. Enumerable.Range(0, 12).Select(_ => Sequence(1, 10))], Budget, Workload, rounds: 4);

        Assert.Equal([3, 3, 3, 3], pieces.Select(piece => piece.Count));
    }

    /// <summary>So that attention sees those of one length as one grid; numbers stay those that the caller knows.</summary>
    [Fact]
    public void A_pack_lies_longest_first_and_keeps_the_callers_numbers()
    {
        var batch = new PackedBatch([Sequence(2, 3), Sequence(1, 7), Sequence(3, 2), Sequence(4, 4)]);

        Assert.Equal([new SequenceGrid(2, 7), new SequenceGrid(2, 4)], batch.Input.Grids);
        Assert.Equal([1, 3, 0, 2], batch.Predicted.Select(token => token.Row).Distinct());
        Assert.Equal([.. Enumerable.Repeat(1L, 7), .. Enumerable.Repeat(3L, 7), .. Enumerable.Repeat(0L, 4), .. Enumerable.Repeat(2L, 4)], batch.Input.SequenceOf.data<long>().ToArray());
    }

    private static TrainingSequence Sequence(int prompt, int response) => new()
    {
        PromptTokens = [.. Enumerable.Repeat(1, prompt)],
        ResponseTokens = [.. Enumerable.Repeat(2, response)],
        TokenWeight = 1,
    };
}
