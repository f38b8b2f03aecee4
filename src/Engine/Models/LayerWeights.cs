using static TorchSharp.torch;

namespace SeedOrleans.Engine.Models;

/// <summary>The tensors of one layer, looked up once. Views into a model's flat weights, which owns them.</summary>
public sealed class LayerWeights : IDisposable
{
    internal LayerWeights(ModelWeights weights, int layer)
    {
        var name = $"layers.{layer}";

        AttentionNorm = weights[$"{name}.attention.norm"];
        QueryKeyValue = new Projection(weights[$"{name}.attention.qkv"], weights.Find($"{name}.attention.qkv.bias"));
        Output = new Projection(weights[$"{name}.attention.output"], weights.Find($"{name}.attention.output.bias"));
        QueryNorm = weights.Find($"{name}.attention.query_norm");
        KeyNorm = weights.Find($"{name}.attention.key_norm");
        MlpNorm = weights[$"{name}.mlp.norm"];
        if (weights.Config.IsSparse(layer))
            Experts = new ExpertWeights(
                new Projection(weights[$"{name}.mlp.router"]), weights.RouterBias.select(0, layer).DetachFromDisposeScope(),
                new ExpertProjection(weights[$"{name}.mlp.experts.gate_up"]),
                new ExpertProjection(weights[$"{name}.mlp.experts.down"]));
        else
            Mlp = new MlpWeights(new Projection(weights[$"{name}.mlp.gate_up"]), new Projection(weights[$"{name}.mlp.down"]));
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
