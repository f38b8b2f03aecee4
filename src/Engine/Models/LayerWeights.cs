using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>The tensors of one layer, looked up once. Views into flat weights, whose owner owns them.</summary>
public sealed class LayerWeights : IDisposable
{
    /// <param name="find">Name → tensor of the layer, as this rank computes with it; null where the model has none of that name.</param>
    /// <param name="routerBias">[layers, experts].</param>
    /// <param name="addsOutputBias">Of the ranks whose outputs add up, one adds the bias.</param>
    internal LayerWeights(Func<string, Tensor?> find, ModelConfig config, Tensor routerBias, int layer, bool addsOutputBias = true)
    {
        AttentionNorm = Get("attention.norm");
        QueryKeyValue = new Projection(Get("attention.qkv"), Find("attention.qkv.bias"));
        Output = new Projection(Get("attention.output"), addsOutputBias ? Find("attention.output.bias") : null);
        QueryNorm = Find("attention.query_norm");
        KeyNorm = Find("attention.key_norm");
        MlpNorm = Get("mlp.norm");
        if (config.IsSparse(layer))
            Experts = new ExpertWeights(
                new Projection(Get("mlp.router")), routerBias.select(0, layer).DetachFromDisposeScope(),
                new ExpertProjection(Get("mlp.experts.gate_up")), new ExpertProjection(Get("mlp.experts.down")));
        else
            Mlp = new MlpWeights(new Projection(Get("mlp.gate_up")), new Projection(Get("mlp.down")));

        Tensor Get(string name) => Find(name) ?? throw new ArgumentException($"Layer {layer} lacks {name}.", nameof(find));

        Tensor? Find(string name) => find($"layers.{layer}.{name}");
    }

    /// <summary>[hidden].</summary>
    public Tensor AttentionNorm { get; }

    /// <summary>hidden → (heads + 2 · keyValueHeads) · headDim.</summary>
    public Projection QueryKeyValue { get; }

    /// <summary>heads · headDim → hidden.</summary>
    public Projection Output { get; }

    /// <summary>[headDim].</summary>
    public Tensor? QueryNorm { get; }

    /// <summary>[headDim].</summary>
    public Tensor? KeyNorm { get; }

    /// <summary>[hidden].</summary>
    public Tensor MlpNorm { get; }

    /// <summary>Null in a sparse layer.</summary>
    public MlpWeights? Mlp { get; }

    /// <summary>Null in a dense layer.</summary>
    public ExpertWeights? Experts { get; }

    /// <summary>[heads + keyValueHeads, headDim]: both norms' gains, once for each head; null where there are none, or not packed.</summary>
    public Tensor? QueryKeyGain { get; private set; }

    /// <returns><see cref="QueryKeyGain"/>, made from the gains as they are.</returns>
    public Tensor MakeQueryKeyGain(ModelConfig config) =>
        cat([QueryNorm!.expand(config.AttentionHeads, config.HeadDim), KeyNorm!.expand(config.KeyValueHeads, config.HeadDim)]);

    /// <inheritdoc cref="Projection.Pack"/>
    internal void Pack(ModelConfig config)
    {
        if (QueryNorm is not null)
            QueryKeyGain ??= MakeQueryKeyGain(config).DetachFromDisposeScope();

        QueryKeyValue.Pack();
        Output.Pack();
        Mlp?.GateUp.Pack();
        Mlp?.Down.Pack();
        Experts?.Router.Pack();
        Experts?.GateUp.Pack();
        Experts?.Down.Pack();
    }

    public void Dispose()
    {
        QueryKeyGain?.Dispose();
        QueryKeyValue.Dispose();
        Output.Dispose();
        Mlp?.GateUp.Dispose();
        Mlp?.Down.Dispose();
        Experts?.Router.Dispose();
        Experts?.RouterBias.Dispose();
        Experts?.GateUp.Dispose();
        Experts?.Down.Dispose();
    }
}

/// <param name="GateUp">hidden → 2 · inner.</param>
/// <param name="Down">inner → hidden.</param>
public sealed record MlpWeights(Projection GateUp, Projection Down);

/// <param name="Router">hidden → experts.</param>
/// <param name="RouterBias">[experts], float32: added to the scores when experts are chosen, and then only.</param>
/// <param name="GateUp">hidden → 2 · inner, for each expert.</param>
/// <param name="Down">inner → hidden, for each expert.</param>
public sealed record ExpertWeights(Projection Router, Tensor RouterBias, ExpertProjection GateUp, ExpertProjection Down);
