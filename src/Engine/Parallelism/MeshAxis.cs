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

    /// <summary>Data and context together: who shares out the weights outside experts, and adds up their gradients.</summary>
    Shard,

    /// <summary>Different experts of the same layers.</summary>
    Expert,

    /// <summary>The same experts: who shares out their weights, and adds up their gradients.</summary>
    ExpertShard,
}
