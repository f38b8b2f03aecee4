using System.Collections.Immutable;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>Adds up what the micro-batches of one update showed.</summary>
internal sealed class UpdateTally(ModelConfig config)
{
    private readonly Dictionary<string, double> _sums = [];
    private long _responses, _fed;
    private double _probabilities, _logProbs, _largest;

    /// <summary>[layers, experts], float32: tokens that each expert got.</summary>
    public Tensor Loads { get; } = zeros([config.Layers, Math.Max(1, config.Experts)]);

    /// <param name="counts">Whether this rank speaks for its batch: of those that compute the same log-probs one does.</param>
    public void Add(PackedBatch batch, TokenLogProbs seen, TokenLoss loss, RouterTrace trace, bool counts)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        foreach (var (layer, load) in trace.Loads)
            Loads.select(0, layer).add_(load);

        // The names are there on every rank, so that reports add up.
        foreach (var (name, value) in loss.Statistics)
            Tell(name, value.ToDouble(), counts);

        Tell("actor/entropy", (seen.Entropy * batch.Loss.Weights).sum().ToDouble(), counts);
        _fed += counts ? batch.Input.Tokens.numel() : 0;
        if (!counts || batch.Predicted.Count == 0)
            return;

        var logProbs = seen.LogProbs.detach();
        var difference = (logProbs - batch.Loss.OldLogProbs).abs();
        _logProbs += difference.sum().ToDouble();
        _largest = Math.Max(_largest, difference.max().ToDouble());
        _probabilities += (logProbs.exp() - batch.Loss.OldLogProbs.exp()).abs().sum().ToDouble();
        _responses += batch.Predicted.Count;
    }

    /// <summary>Adds to what all ranks' reports are added up to.</summary>
    /// <param name="counts">Where several ranks have the same to tell, one of them counts; the name is there on all of them.</param>
    public void Tell(string name, double value, bool counts) => _sums[name] = _sums.GetValueOrDefault(name) + (counts ? value : 0);

    public UpdateStatistics ToStatistics(double gradientNorm)
    {
        using var scope = NewDisposeScope();

        var loads = Loads[TensorIndex.Tensor(Loads.sum([1L]).gt(0))];
        var largest = loads.numel() == 0
            ? 0
            : (loads.amax([1L]) / loads.mean([1L])).max().ToDouble();

        return new UpdateStatistics(
            _sums.ToImmutableDictionary(), gradientNorm, _responses, _fed, _probabilities, _logProbs, _largest, largest);
    }
}
