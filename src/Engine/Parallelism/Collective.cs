namespace SeedOrleans.Engine.Parallelism;

/// <summary>What ranks do together. The numbers travel between processes.</summary>
internal enum Collective
{
    ReduceScatter = 1,
    AllGather = 2,
    Broadcast = 3,
    AllToAll = 4,

    /// <summary>From one rank to one other; numbered by the pair, since nobody else takes part.</summary>
    Pass = 5,
}
