namespace SeedOrleans.Domain.Specs;

/// <summary>The policy: a folder in Hugging Face's format, or a shape to start from random weights. Exactly one of the two.</summary>
[GenerateSerializer, Immutable, Alias("seed.model-spec")]
public sealed record ModelSpec
{
    /// <summary>A folder with config.json and safetensors.</summary>
    [Id(0)] public string? Path { get; init; }

    [Id(1)] public ModelShape? Shape { get; init; }

    /// <summary>A tokenizer.json, or <c>characters</c> for one made from the task's alphabet; left out, the model folder's.</summary>
    [Id(2)] public string? Tokenizer { get; init; }

    /// <summary>Type of the weights that compute; the narrower two keep float32 master weights for the optimizer, and float16 scales the loss.</summary>
    [Id(3)] public NumberFormat Dtype { get; init; } = NumberFormat.Float32;
}

public enum NumberFormat
{
    Float32,
    Bfloat16,
    Float16,
}

/// <summary>A decoder-only transformer of the Qwen3 family, in numbers.</summary>
[GenerateSerializer, Immutable, Alias("seed.model-shape")]
public sealed record ModelShape
{
    [Id(0)] public required int HiddenSize { get; init; }

    [Id(1)] public required int Layers { get; init; }

    [Id(2)] public required int AttentionHeads { get; init; }

    [Id(3)] public required int KeyValueHeads { get; init; }

    /// <summary>Size of one attention head; left out, hidden_size / attention_heads.</summary>
    [Id(4)] public int? HeadDim { get; init; }

    /// <summary>Inner size of the dense MLP, or of each expert when <see cref="Experts"/> is set.</summary>
    [Id(5)] public required int IntermediateSize { get; init; }

    /// <summary>Longest sequence, prompt and response together, in tokens.</summary>
    [Id(6)] public required int Context { get; init; }

    /// <summary>Routed experts a layer; 0 is a dense model.</summary>
    [Id(7)] public int Experts { get; init; }

    [Id(8)] public int ExpertsPerToken { get; init; } = 2;

    /// <summary>Input and output embeddings share weights.</summary>
    [Id(9)] public bool TieEmbeddings { get; init; } = true;

    [Id(10)] public double RopeTheta { get; init; } = 10_000;

    /// <summary>Rows of the embedding, at least the tokenizer's tokens; left out, as many.</summary>
    [Id(11)] public int? VocabularySize { get; init; }
}
