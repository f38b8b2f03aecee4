namespace SeedOrleans.Engine.Parallelism;

/// <summary>Along what ranks of a <see cref="RankMesh"/> work together.</summary>
public enum MeshAxis
{
    /// <summary>Different sequences, the same weights.</summary>
    Data,

    /// <summary>Different parts of the same sequences.</summary>
    Context,

    /// <summary>Different slices of the same matrices.</summary>
    Tensor,

    /// <summary>Context and tensor together: who computes parts of the same sequences.</summary>
    Sequence,

    /// <summary>Data and context together: who shares out the weights outside experts, and adds up their gradients.</summary>
    Shard,

    /// <summary>Different experts of the same layers.</summary>
    Expert,

    /// <summary>The same experts: who shares out their weights, and adds up their gradients.</summary>
    ExpertShard,

    /// <summary>All ranks: who shares out what none of them slices, each of them having other tokens.</summary>
    World,
}
