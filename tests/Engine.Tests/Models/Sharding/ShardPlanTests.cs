using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;

namespace SeedOrleans.Engine.Tests.Models.Sharding;

public sealed class ShardPlanTests
{
    [Theory]
    [InlineData("dense", 1, 1, 1, 1)]
    [InlineData("dense", 3, 1, 1, 1)]
    [InlineData("qwen2", 2, 2, 2, 1)]
    [InlineData("llama", 1, 1, 4, 1)]
    [InlineData("moe", 2, 1, 2, 4)]
    [InlineData("moe", 5, 1, 1, 1)]
    [InlineData("moe", 1, 3, 2, 2)]
    public void Every_number_of_the_model_is_kept_by_exactly_one_rank(string model, int data, int context, int tensor, int expert)
    {
        var config = TinyModels.Named(model);
        var mesh = new RankMesh(data, context, tensor, expert);
        var seen = WeightLayout.Of(config).Slots.ToDictionary(slot => slot.Name, slot => new int[slot.Count]);

        for (var rank = 0; rank < mesh.Size; rank++)
        {
            var plan = ShardPlan.Of(config, mesh, rank);
            var at = 0L;
            foreach (var piece in plan.Pieces())
            {
                Assert.Equal(at, piece.Offset);
                at += piece.Box.Count();
                foreach (var place in Places(piece))
                    seen[piece.Whole.Name][place]++;
            }

            Assert.Equal(plan.ShardCount, at);
        }

        Assert.All(seen.Values, counts => Assert.All(counts, count => Assert.Equal(1, count)));
    }

    [Fact]
    public void Worked_example()
    {
        // 4 query heads and 2 key-value heads of 8: the second of two tensor ranks has queries 2 and 3, key 1 and value 1.
        var plan = ShardPlan.Of(TinyModels.Dense, new RankMesh(tensor: 2), rank: 1);

        var (slice, _) = plan.Units[1].Slices().Single(slice => slice.Slice.Whole.Name == "layers.0.attention.qkv");

        Assert.Equal([32, 32], slice.Shape);
        Assert.Equal([16L, 40, 56], slice.Boxes.Select(box => box.Offsets[0]));
        Assert.Equal([16L, 8, 8], slice.Boxes.Select(box => box.Lengths[0]));
    }

    [Theory]
    [InlineData("dense", 4, 1, "2 key-value heads")]
    [InlineData("dense", 1, 2, "no experts")]
    [InlineData("moe", 1, 3, "4 experts")]
    public void A_mesh_that_does_not_fit_the_model_is_refused(string model, int tensor, int expert, string reason)
    {
        var refusal = Assert.Throws<ArgumentException>(() => ShardPlan.Of(TinyModels.Named(model), new RankMesh(data: 6, tensor: tensor, expert: expert), 0));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Of the piece's elements in the whole.</summary>
    private static IEnumerable<long> Places(ShardPiece piece) =>
        from inner in Enumerable.Range(0, (int)piece.Box.Count())
        let offsets = Unravel(inner, piece.Box.Lengths).Zip(piece.Box.Offsets, (step, first) => step + first).ToArray()
        select Box.Place(piece.Whole.Shape, offsets);

    private static long[] Unravel(long place, long[] lengths)
    {
        var steps = new long[lengths.Length];
        for (var dim = lengths.Length - 1; dim >= 0; dim--)
            (place, steps[dim]) = Math.DivRem(place, lengths[dim]);

        return steps;
    }
}
