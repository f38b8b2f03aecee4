namespace SeedOrleans.Engine.Models;

/// <summary>The families of decoder-only transformers that this code computes.</summary>
public enum ModelArchitecture
{
    /// <summary>Llama 2 and 3, without scaled rotary embeddings.</summary>
    Llama,

    /// <summary>As Llama, with a bias on the query, key and value projections.</summary>
    Qwen2,

    /// <summary>As Llama, with a norm over each query and key head and a head size of its own.</summary>
    Qwen3,

    /// <summary>As Qwen3, with routed experts in place of some or all MLPs.</summary>
    Qwen3Moe,
}
