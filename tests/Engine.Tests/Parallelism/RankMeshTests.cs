using CsCheck;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class RankMeshTests
{
    private static readonly Gen<RankMesh> Meshes =
        from data in Gen.Int[1, 4]
        from context in Gen.Int[1, 3]
        from tensor in Gen.Int[1, 4]
        let divisors = Enumerable.Range(1, data * context * tensor).Where(expert => data * context * tensor % expert == 0).ToArray()
        from expert in Gen.Int[0, divisors.Length - 1]
        select new RankMesh(data, context, tensor, divisors[expert]);

    [Fact]
    public void Worked_example()
    {
        var mesh = new RankMesh(data: 2, context: 2, tensor: 2, expert: 4);

        Assert.Equal(8, mesh.Size);
        Assert.Equal([4, 5], mesh.GroupOf(MeshAxis.Tensor, 5));
        Assert.Equal([5, 7], mesh.GroupOf(MeshAxis.Context, 5));
        Assert.Equal([1, 5], mesh.GroupOf(MeshAxis.Data, 5));
        Assert.Equal([1, 3, 5, 7], mesh.GroupOf(MeshAxis.Shard, 5));
        Assert.Equal([4, 5, 6, 7], mesh.GroupOf(MeshAxis.Expert, 5));
        Assert.Equal([1, 5], mesh.GroupOf(MeshAxis.ExpertShard, 5));
    }

    [Fact]
    public void Groups_of_an_axis_hold_every_rank_once_and_each_at_its_place() => Meshes.Sample(mesh =>
    {
        foreach (var axis in Enum.GetValues<MeshAxis>())
        {
            var groups = Enumerable.Range(0, mesh.Size).Select(rank => mesh.GroupOf(axis, rank)).DistinctBy(group => group[0]).ToArray();
            Assert.Equal(Enumerable.Range(0, mesh.Size), groups.SelectMany(group => group).Order());
            foreach (var group in groups)
            {
                Assert.Equal(mesh.SizeOf(axis), group.Count);
                Assert.Equal(Enumerable.Range(0, group.Count), group.Select(rank => mesh.PlaceOf(axis, rank)));
            }
        }
    });

    [Fact]
    public void Axes_that_are_independent_meet_in_one_rank_alone() => Meshes.Sample(mesh =>
    {
        foreach (var (one, other) in ((MeshAxis, MeshAxis)[])
            [(MeshAxis.Data, MeshAxis.Context), (MeshAxis.Context, MeshAxis.Tensor), (MeshAxis.Data, MeshAxis.Tensor), (MeshAxis.Shard, MeshAxis.Tensor), (MeshAxis.Expert, MeshAxis.ExpertShard)])
            for (var rank = 0; rank < mesh.Size; rank++)
                Assert.Equal([rank], mesh.GroupOf(one, rank).Intersect(mesh.GroupOf(other, rank)));
    });

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, -1, 1, 1)]
    [InlineData(2, 1, 2, 3)]
    [InlineData(2, 1, 1, 4)]
    public void A_mesh_that_cannot_be_is_refused(int data, int context, int tensor, int expert) =>
        Assert.ThrowsAny<ArgumentException>(() => new RankMesh(data, context, tensor, expert));
}
