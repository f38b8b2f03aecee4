namespace SeedOrleans.Engine.Parallelism;

/// <summary>What ranks do together. The numbers travel between processes.</summary>
internal enum Collective
{
    ReduceScatter = 1,
    AllGather = 2,
    Broadcast = 3,
}
