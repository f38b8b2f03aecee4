using System.Collections.Immutable;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.GrainInterfaces.Training;

namespace SeedOrleans.Grains.Training;

/// <summary>One silo's ranks of a run, and who speaks for them.</summary>
internal sealed record RankHost(IRankHostGrain Silo, HostedRanks Ranks)
{
    /// <param name="dealt">A mini-batch, by place along the data axis.</param>
    /// <returns>What of it this silo's ranks need.</returns>
    public HostedShares SharesOf(IReadOnlyList<IReadOnlyList<TrainingSequence>> dealt, RankMesh mesh)
    {
        int[] places = [.. Ranks.Numbers.Select(rank => mesh.PlaceOf(MeshAxis.Data, rank))];
        int[] needed = [.. places.Distinct().Order()];
        return new HostedShares
        {
            Shares = [.. needed.Select(place => dealt[place].ToImmutableArray())],
            Places = [.. places.Select(place => Array.BinarySearch(needed, place))],
        };
    }
}
