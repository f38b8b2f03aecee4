using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using TorchSharp;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>One data-parallel rank: computes the gradient of its share, sums it with the others', and takes the same step as they.</summary>
/// <remarks>
/// A sequence's weight is already divided by the mini-batch's global token count, so gradients of micro-batches and of ranks
/// simply add up, and the update does not depend on how they were cut. Belongs to one device thread.
/// </remarks>
public sealed class RankTrainer : IDisposable
{
    private readonly ModelWeights _weights;
    private readonly ModelWeights? _reference;
    private readonly Transformer _policy;
    private readonly Tensor _gradients; // [count], float32: the sum over micro-batches
    private readonly Tensor _leafGradients; // [count], the weights' type: what backward adds to
    private readonly AdamWOptimizer _optimizer;
    private readonly TrainerState _state;
    private readonly ICommunicator _communicator;
    private readonly RankTrainerOptions _options;

    /// <param name="initial">Copied.</param>
    public RankTrainer(ModelWeights initial, ICommunicator communicator, RankTrainerOptions options)
    {
        (_communicator, _options) = (communicator, options);
        _weights = initial.Copy(trainable: true);
        _reference = options.KeepReference ? initial.Copy() : null;
        _policy = new Transformer(_weights, options.Vocabulary);
        _optimizer = new AdamWOptimizer(_weights.Flat, _weights.Layout.MatrixCount);
        _state = new TrainerState(_weights, _optimizer);
        _leafGradients = zeros_like(_weights.Flat).DetachFromDisposeScope();
        _gradients = _weights.Flat.dtype == ScalarType.Float32
            ? _leafGradients
            : zeros([_weights.Layout.Count], float32).DetachFromDisposeScope();

        foreach (var slot in _weights.Layout.Slots)
            _weights[slot.Name].grad = _leafGradients.narrow(0, slot.Offset, slot.Count).view(slot.Shape);
    }

    /// <summary>How long updates have stood still until copies were whole.</summary>
    internal TimeSpan WaitedForCopies => _state.Waited;

    /// <summary>A copy of the weights as they are.</summary>
    public ModelWeights Snapshot() => _weights.Copy();

    /// <summary>SHA-256 of the weights as they are, lower-case hexadecimal.</summary>
    public string WeightsHash() => _state.WeightsHash();

    /// <summary>Begins to copy one rank's share of a checkpoint, which all ranks together write once. Dispose it when it is written.</summary>
    /// <returns>The state as it is now. Anything may go on meanwhile: only an optimizer's step waits for the copy to be whole.</returns>
    public Task<CopiedPieces> CopyStateAsync(int rank, int ranks) => _state.CopyAsync(rank, ranks);

    /// <summary>Makes the memory of the first copy beforehand; on any thread, and beside anything else.</summary>
    public void PrepareCopy(int rank, int ranks) => _state.Prepare(rank, ranks);

    /// <summary>Sets everything that the next update depends on from a checkpoint. Nothing else may run meanwhile.</summary>
    /// <exception cref="CheckpointException">It lacks something, or is damaged; the trainer is then of no more use.</exception>
    public Task LoadAsync(CheckpointStore checkpoints, CheckpointManifest manifest, CancellationToken cancellationToken) =>
        _state.LoadAsync(checkpoints, manifest, cancellationToken);

    /// <summary>One optimizer step over a mini-batch, of which this rank has a share.</summary>
    /// <param name="share">May be empty: the rank then adds nothing and steps with the others.</param>
    /// <exception cref="OperationCanceledException">The weights are as they were.</exception>
    /// <exception cref="PeerFailedException">Another rank failed; the weights are as they were.</exception>
    public UpdateStatistics Update(
        IReadOnlyList<TrainingSequence> share, ITokenLoss loss, OptimizerSpec optimizer, double learningRate,
        CancellationToken cancellationToken)
    {
        try
        {
            _gradients.zero_();
            var tally = new UpdateTally(_weights.Config);
            foreach (var piece in MicroBatches.Split(share, _options.MicroBatchTokens))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Accumulate(piece, loss, tally);
            }

            _communicator.AllReduceSum(_gradients, cancellationToken);
            _communicator.AllReduceSum(tally.Loads, cancellationToken);
            var norm = Clip(optimizer.MaxGradientNorm);
            _state.WaitForCopy();
            _optimizer.Step(_gradients, optimizer, learningRate);
            BalanceRouters(tally.Loads);

            return tally.ToStatistics(norm);
        }
        catch (Exception failure) when (failure is not PeerFailedException) // Converts: the others must not wait for ever.
        {
            _communicator.Abort(failure);
            throw;
        }
    }

    /// <summary>log π of every response token under the weights as they are.</summary>
    /// <returns>In the order of <paramref name="sequences"/>.</returns>
    public IReadOnlyList<ImmutableArray<float>> Score(
        IReadOnlyList<TrainingSequence> sequences, CancellationToken cancellationToken) =>
        SequenceScorer.Score(_policy, sequences, _options.Temperature, _options.MicroBatchTokens, cancellationToken);

    public void Dispose()
    {
        _state.Dispose();
        _policy.Dispose();
        _optimizer.Dispose();
        _weights.Dispose();
        _reference?.Dispose();
        _leafGradients.Dispose();
        _gradients.Dispose();
    }

    private void Accumulate(IReadOnlyList<TrainingSequence> sequences, ITokenLoss loss, UpdateTally tally)
    {
        using var scope = NewDisposeScope();

        var batch = new PackedBatch(sequences);
        var router = _options.Router;
        using var trace = new RouterTrace(
            batch.SequenceOf, batch.SequenceWeights, withLoss: router.Balance == RouterBalance.AuxiliaryLoss);

        var logits = ResponseLogits.Compute(_policy, batch, _options.Temperature, trace);
        var logProbs = logits.log_softmax(-1).gather(1, batch.Targets.unsqueeze(1)).squeeze(1);
        var result = loss.Compute(logProbs, batch.Loss with { ReferenceLogProbs = ReferenceLogProbs(batch) });
        var total = trace.BalanceLoss() is { } balance ? result.Sum + (balance * router.Rate) : result.Sum;

        total.backward();
        if (!ReferenceEquals(_gradients, _leafGradients))
        {
            _gradients.add_(_leafGradients);
            _leafGradients.zero_();
        }

        tally.Add(batch, logProbs.detach(), logits.detach(), result, trace);
    }

    private Tensor? ReferenceLogProbs(PackedBatch batch)
    {
        if (_reference is null)
            return null;

        using var guard = no_grad();
        using var reference = new Transformer(_reference, _options.Vocabulary);
        return ResponseLogits.Compute(reference, batch, _options.Temperature)
            .log_softmax(-1).gather(1, batch.Targets.unsqueeze(1)).squeeze(1);
    }

    /// <returns>The norm before clipping.</returns>
    private double Clip(double maximum)
    {
        using var guard = no_grad();
        using var scope = NewDisposeScope();

        var norm = _gradients.norm().ToDouble();
        if (!double.IsFinite(norm))
            throw new NumericalFailureException("the gradient's norm", norm);

        if (maximum > 0 && norm > maximum)
            _gradients.mul_(maximum / norm);

        return norm;
    }

    /// <summary>Moves each expert's bias against its load by a fixed step (arXiv:2408.15664, Algorithm 1).</summary>
    /// <param name="loads">[layers, experts], float32: tokens of all ranks.</param>
    private void BalanceRouters(Tensor loads)
    {
        if (_options.Router.Balance != RouterBalance.Bias || _weights.Config.Experts == 0)
            return;

        using var guard = no_grad();
        using var scope = NewDisposeScope();
        _weights.RouterBias.add_((loads.mean([1L], keepdim: true) - loads).sign() * _options.Router.Rate);
    }
}
