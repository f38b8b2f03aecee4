using System.Collections.Immutable;

namespace SeedOrleans.GrainInterfaces.Training;

/// <summary>One piece of one tensor that a rank has written for a checkpoint.</summary>
/// <param name="Shape">Of the whole tensor.</param>
/// <param name="Start">Byte of the file where the piece starts.</param>
[GenerateSerializer, Immutable, Alias("seed.shard-report")]
public sealed record ShardReport(
    [property: Id(0)] string Tensor, [property: Id(1)] string Dtype, [property: Id(2)] ImmutableArray<long> Shape,
    [property: Id(3)] ImmutableArray<long> Offsets, [property: Id(4)] ImmutableArray<long> Lengths, [property: Id(5)] string File,
    [property: Id(6)] long Start, [property: Id(7)] long Bytes, [property: Id(8)] uint Checksum);
