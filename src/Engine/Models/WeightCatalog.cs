namespace SeedOrleans.Engine.Models;

/// <summary>Every tensor that a config calls for, with its Hugging Face names.</summary>
internal static class WeightCatalog
{
    /// <summary>Of initial embeddings; Hugging Face's initializer_range.</summary>
    private const double EmbeddingDeviation = 0.02;

    /// <summary>In the order of the network, with offsets still open.</summary>
    public static IEnumerable<WeightSlot> SlotsOf(ModelConfig config)
    {
        yield return Matrix("embedding", [config.VocabularySize, config.HiddenSize], "model.embed_tokens.weight", EmbeddingDeviation, Slicing.Rows);

        for (var layer = 0; layer < config.Layers; layer++)
            foreach (var slot in LayerOf(config, layer))
                yield return slot;

        yield return Norm("norm", config.HiddenSize, "model.norm.weight");
        if (!config.TieEmbeddings)
            yield return Matrix("head", [config.VocabularySize, config.HiddenSize], "lm_head.weight", EmbeddingDeviation, Slicing.Rows);
    }

    private static IEnumerable<WeightSlot> LayerOf(ModelConfig config, int layer)
    {
        var (mine, theirs) = ($"layers.{layer}", $"model.layers.{layer}");
        var (query, keyValue) = (config.AttentionHeads * config.HeadDim, config.KeyValueHeads * config.HeadDim);

        yield return Norm($"{mine}.attention.norm", config.HiddenSize, $"{theirs}.input_layernorm.weight");
        yield return Rows($"{mine}.attention.qkv", config.HiddenSize,
            ($"{theirs}.self_attn.q_proj.weight", query),
            ($"{theirs}.self_attn.k_proj.weight", keyValue),
            ($"{theirs}.self_attn.v_proj.weight", keyValue));
        yield return Matrix($"{mine}.attention.output", [config.HiddenSize, query], $"{theirs}.self_attn.o_proj.weight",
            IntoStream(config, query), Slicing.Columns);

        if (config.QkvBias)
            yield return Bias($"{mine}.attention.qkv.bias",
                ($"{theirs}.self_attn.q_proj.bias", query),
                ($"{theirs}.self_attn.k_proj.bias", keyValue),
                ($"{theirs}.self_attn.v_proj.bias", keyValue));

        if (config.OutputBias)
            yield return new WeightSlot($"{mine}.attention.output.bias", [config.HiddenSize], 0, null, 0,
                [new HuggingFacePart($"{theirs}.self_attn.o_proj.bias", 0, [config.HiddenSize])]);

        if (config.QkNorm)
        {
            yield return Norm($"{mine}.attention.query_norm", config.HeadDim, $"{theirs}.self_attn.q_norm.weight");
            yield return Norm($"{mine}.attention.key_norm", config.HeadDim, $"{theirs}.self_attn.k_norm.weight");
        }

        yield return Norm($"{mine}.mlp.norm", config.HiddenSize, $"{theirs}.post_attention_layernorm.weight");
        foreach (var slot in config.IsSparse(layer) ? Experts(config, mine, theirs) : Dense(config, mine, theirs))
            yield return slot;
    }

    private static IEnumerable<WeightSlot> Dense(ModelConfig config, string mine, string theirs)
    {
        yield return Rows($"{mine}.mlp.gate_up", config.HiddenSize,
            ($"{theirs}.mlp.gate_proj.weight", config.IntermediateSize),
            ($"{theirs}.mlp.up_proj.weight", config.IntermediateSize));
        yield return Matrix($"{mine}.mlp.down", [config.HiddenSize, config.IntermediateSize],
            $"{theirs}.mlp.down_proj.weight", IntoStream(config, config.IntermediateSize), Slicing.Columns);
    }

    private static IEnumerable<WeightSlot> Experts(ModelConfig config, string mine, string theirs)
    {
        var (experts, inner, hidden) = (config.Experts, config.MoeIntermediateSize, config.HiddenSize);
        long[] gate = [inner, hidden], down = [hidden, inner];

        yield return Matrix($"{mine}.mlp.router", [experts, hidden], $"{theirs}.mlp.gate.weight", FanIn(hidden));
        yield return new WeightSlot($"{mine}.mlp.experts.gate_up", [experts, 2 * inner, hidden], 0, FanIn(hidden), 0,
        [
            .. Enumerable.Range(0, experts).SelectMany(expert => (HuggingFacePart[])
            [
                new($"{theirs}.mlp.experts.{expert}.gate_proj.weight", (2L * expert) * inner * hidden, gate),
                new($"{theirs}.mlp.experts.{expert}.up_proj.weight", ((2L * expert) + 1) * inner * hidden, gate),
            ]),
        ])
        { Slicing = Slicing.Experts };
        yield return new WeightSlot($"{mine}.mlp.experts.down", [experts, hidden, inner], 0, IntoStream(config, inner), 0,
        [
            .. Enumerable.Range(0, experts).Select(expert =>
                new HuggingFacePart($"{theirs}.mlp.experts.{expert}.down_proj.weight", (long)expert * inner * hidden, down)),
        ])
        { Slicing = Slicing.Experts };
    }

    /// <summary>Keeps the size of what a product of <paramref name="inputs"/> terms gives.</summary>
    private static double FanIn(int inputs) => 1 / Math.Sqrt(inputs);

    /// <summary>Two products a layer add to the residual stream; together they should not make it grow.</summary>
    private static double IntoStream(ModelConfig config, int inputs) => FanIn(inputs) / Math.Sqrt(2 * config.Layers);

    private static WeightSlot Matrix(string name, long[] shape, string theirs, double deviation, Slicing slicing = Slicing.Whole) =>
        new(name, shape, 0, deviation, 0, [new HuggingFacePart(theirs, 0, shape)]) { Slicing = slicing };

    private static WeightSlot Norm(string name, int size, string theirs) =>
        new(name, [size], 0, null, 1, [new HuggingFacePart(theirs, 0, [size])]);

    private static WeightSlot Rows(string name, int columns, params (string Name, int Rows)[] parts) =>
        Stacked(name, FanIn(columns), [.. parts.Select(part => (part.Name, (long[])[part.Rows, columns]))]);

    private static WeightSlot Bias(string name, params (string Name, int Size)[] parts) =>
        Stacked(name, null, [.. parts.Select(part => (part.Name, (long[])[part.Size]))]);

    private static WeightSlot Stacked(string name, double? deviation, (string Name, long[] Shape)[] parts)
    {
        var stretches = new List<HuggingFacePart>();
        foreach (var (theirs, shape) in parts)
            stretches.Add(new HuggingFacePart(theirs, stretches.Sum(part => part.Count), shape));

        long[] whole = [parts.Sum(part => part.Shape[0]), .. parts[0].Shape[1..]];
        return new WeightSlot(name, whole, 0, deviation, 0, stretches) { Slicing = Slicing.Rows };
    }
}
