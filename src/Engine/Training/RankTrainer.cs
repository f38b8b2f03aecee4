using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Checkpointing;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Models.Parallel;
using SeedOrleans.Engine.Models.Sharding;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Training;

/// <summary>One rank of a mesh: computes its part of the gradient of its share, and takes the step of the weights that it keeps.</summary>
/// <remarks>
/// A sequence's weight is already divided by the mini-batch's global token count, so gradients of micro-batches and of ranks
/// simply add up, and the update does not depend on how they were cut. Ranks of one data rank get the same share. All ranks make the same calls
/// at the same time. Belongs to one device thread.
/// </remarks>
public sealed class RankTrainer : IDisposable
{
    private readonly ShardedWeights _weights;
    private readonly ShardedWeights? _reference;
    private readonly ParallelTransformer _policy;
    private readonly ParallelTransformer? _referencePolicy;
    private readonly AdamWOptimizer _optimizer;
    private readonly LossScale? _lossScale;
    private readonly TrainerState _state;
    private readonly RankGroups _groups;
    private readonly RankTrainerOptions _options;
    private readonly SequenceWorkload _workload;
    private readonly CommunicationThread? _passing;

    /// <param name="initial">The whole model, the same on every rank; this rank's part is copied.</param>
    public RankTrainer(ModelWeights initial, RankGroups groups, RankTrainerOptions options)
    {
        (_groups, _options, _workload) = (groups, options, new SequenceWorkload(initial.Config));
        _passing = options.ReshardAfterForward ? new CommunicationThread(groups) : null;
        _weights = new ShardedWeights(initial, groups, trainable: true, _passing);
        _policy = new ParallelTransformer(_weights, groups, options.Vocabulary, options.Recomputation, options.ActivationOffload) { MostLogits = options.MostLogits };
        if (options.KeepReference)
        {
            _reference = new ShardedWeights(initial, groups, trainable: false, _passing);
            _referencePolicy = new ParallelTransformer(_reference, groups, options.Vocabulary) { MostLogits = options.MostLogits };
        }

        _optimizer = new AdamWOptimizer(_weights.Kept, options.OptimizerOffload);
        _lossScale = initial.Config.Dtype == ScalarType.Float16 ? new LossScale() : null;
        _state = new TrainerState(_weights, _optimizer, _lossScale, isFirst: groups.Rank == 0);
    }

    /// <summary>How long updates have stood still until copies were whole.</summary>
    internal TimeSpan WaitedForCopies => _state.Waited;

    /// <summary>Tokens of the last update that each expert got, layer by layer; of dense layers none.</summary>
    internal float[] ExpertTokens { get; private set; } = [];

    internal ShardedWeights Weights => _weights;

    /// <summary>Of the ranks that compute the same log-probs, one speaks for all.</summary>
    private bool IsSpeaker => _groups[MeshAxis.Tensor].Rank == 0;

    /// <summary>The whole model as it is, brought together on rank 0.</summary>
    /// <returns>Null on all other ranks.</returns>
    public ModelWeights? Collect(CancellationToken cancellationToken) => Together(() => _weights.Collect(cancellationToken));

    /// <summary>SHA-256 of the whole model's weights as they are, lower-case hexadecimal; the same on every rank, and under every layout that has computed the same bits.</summary>
    public string WeightsHash(CancellationToken cancellationToken) => Together(() => WholeHash.Of(_weights, _groups.World, cancellationToken));

    /// <summary>Begins to copy this rank's share of a checkpoint, which all ranks together write once. Dispose it when it is written.</summary>
    /// <returns>The state as it is now. Anything may go on meanwhile: only an optimizer's step waits for the copy to be whole.</returns>
    public Task<CopiedPieces> CopyStateAsync() => _state.CopyAsync();

    /// <summary>Makes the memory of the first copy beforehand; on any thread, and beside anything else.</summary>
    public void PrepareCopy() => _state.Prepare();

    /// <summary>Sets everything that the next update depends on from a checkpoint of any layout. Nothing else may run meanwhile.</summary>
    /// <exception cref="CheckpointException">It lacks something, or is damaged; the trainer is then of no more use.</exception>
    public Task LoadAsync(CheckpointStore checkpoints, CheckpointManifest manifest, CancellationToken cancellationToken) =>
        _state.LoadAsync(checkpoints, manifest, cancellationToken);

    /// <summary>One optimizer step over a mini-batch, of which this rank has a share.</summary>
    /// <param name="share">May be empty: the rank then adds nothing and steps with the others.</param>
    /// <exception cref="OperationCanceledException">The weights are as they were.</exception>
    /// <exception cref="PeerFailedException">Another rank failed; the weights are as they were.</exception>
    public UpdateStatistics Update(
        IReadOnlyList<TrainingSequence> share, ITokenLoss loss, OptimizerSpec optimizer, double learningRate,
        CancellationToken cancellationToken) => Together(() =>
    {
        _weights.ClearGradients();
        var tally = new UpdateTally(_weights.Config);
        foreach (var piece in Rounds(share, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Accumulate(piece, loss, tally, cancellationToken);
        }

        _weights.ReduceGradients(cancellationToken);
        _groups.World.AllReduceSum(tally.Loads, cancellationToken);
        var norm = GradientNorm.Of(_weights.Kept, _groups.World, cancellationToken);
        _state.WaitForCopy();
        if (Scaled(norm, tally) is not { } scale)
            return tally.ToStatistics(gradientNorm: 0);

        norm = GradientNorm.Clip(_weights.Kept, norm, scale, optimizer.MaxGradientNorm);
        _optimizer.Step(optimizer, learningRate);
        ExpertTokens = tally.Loads.data<float>().ToArray();
        BalanceRouters(tally.Loads);
        _weights.Refresh(cancellationToken);

        return tally.ToStatistics(norm);
    });

    /// <summary>log π of every response token under the weights as they are.</summary>
    /// <returns>In the order of <paramref name="share"/>.</returns>
    public IReadOnlyList<ImmutableArray<float>> Score(IReadOnlyList<TrainingSequence> share, CancellationToken cancellationToken) => Together(() =>
    {
        using var guard = no_grad();
        var scores = new Dictionary<TrainingSequence, float[]>(ReferenceEqualityComparer.Instance);
        foreach (var piece in Rounds(share, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            foreach (var (sequence, score) in piece.Zip(ScoresOf(piece, cancellationToken)))
                scores[sequence] = score;
        }

        return share.Select(sequence => ImmutableCollectionsMarshal.AsImmutableArray(scores[sequence])).ToArray();
    });

    public void Dispose()
    {
        _passing?.Dispose();
        _state.Dispose();
        _policy.Dispose();
        _referencePolicy?.Dispose();
        _optimizer.Dispose();
        _lossScale?.Dispose();
        _weights.Dispose();
        _reference?.Dispose();
    }

    /// <summary>What fails here must fail everywhere: the others must not wait for ever.</summary>
    private T Together<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) // Converts nothing.
        {
            _groups.Abort(failure);
            throw;
        }
    }

    /// <returns>Micro-batches, as many on every rank, since ranks talk in the midst of them; some may be empty.</returns>
    private IReadOnlyList<IReadOnlyList<TrainingSequence>> Rounds(IReadOnlyList<TrainingSequence> share, CancellationToken cancellationToken)
    {
        var pieces = MicroBatches.Split(share, _options.MicroBatchTokens, _workload);
        using var counts = new RowExchange(_groups.World, cancellationToken).Collect(tensor((long)pieces.Count));
        var rounds = (int)counts.data<long>().Max();
        return rounds == pieces.Count ? pieces : MicroBatches.SplitInto(share, _options.MicroBatchTokens, _workload, rounds);
    }

    private void Accumulate(IReadOnlyList<TrainingSequence> sequences, ITokenLoss loss, UpdateTally tally, CancellationToken cancellationToken)
    {
        using var scope = NewDisposeScope();

        var batch = Pack(sequences);
        var router = _options.Router;
        using var tape = _policy.Record();
        using var trace = _policy.Trace(batch.Input, withLoss: router.Balance == RouterBalance.AuxiliaryLoss, cancellationToken);

        var seen = _policy.LogProbs(batch.Input, _options.Temperature, tape, trace, cancellationToken);
        var result = loss.Compute(seen.LogProbs, batch.Loss with { ReferenceLogProbs = ReferenceLogProbs(batch, cancellationToken) });
        var total = trace.BalanceLoss() is { } balance ? result.Sum + (balance * router.Rate) : result.Sum;

        // Before the way back, on which the tape gives up what it owns.
        tally.Add(batch, seen, result, trace, IsSpeaker);
        tape.Backward([_lossScale is null ? total : total * _lossScale.Value]);
        _weights.AddLeafGradients();
    }

    /// <returns>What the loss of this update was scaled by; null where the gradients are not to be used.</returns>
    private double? Scaled(double gradientNorm, UpdateTally tally)
    {
        if (_lossScale is null)
            return 1;

        var scale = _lossScale.Value;
        var isUsed = _lossScale.Accepts(gradientNorm);
        tally.Tell("actor/loss_scale", scale, _groups.Rank == 0);
        tally.Tell("actor/skipped_updates", isUsed ? 0 : 1, _groups.Rank == 0);
        return isUsed ? scale : null;
    }

    private PackedBatch Pack(IReadOnlyList<TrainingSequence> sequences) =>
        new(sequences, _groups[MeshAxis.Context].Rank, _groups[MeshAxis.Context].Size);

    private Tensor? ReferenceLogProbs(PackedBatch batch, CancellationToken cancellationToken)
    {
        if (_referencePolicy is null)
            return null;

        using var guard = no_grad();
        using var tape = GradientTape.Idle();
        return _referencePolicy.LogProbs(batch.Input, _options.Temperature, tape, null, cancellationToken).LogProbs;
    }

    /// <returns>A number a response token, by sequence: context ranks put together what each of them predicts.</returns>
    private float[][] ScoresOf(IReadOnlyList<TrainingSequence> piece, CancellationToken cancellationToken)
    {
        var batch = Pack(piece);
        using var tape = GradientTape.Idle();
        var mine = _policy.LogProbs(batch.Input, _options.Temperature, tape, null, cancellationToken).LogProbs.data<float>();
        float[][] scores = [.. piece.Select(sequence => new float[sequence.ResponseTokens.Length])];
        foreach (var ((row, index), score) in batch.Predicted.Zip(mine))
            scores[row][index] = score;

        // Each token is predicted on one context rank, and is 0 on all others.
        var all = tensor([.. scores.SelectMany(score => score)]);
        new RowExchange(_groups[MeshAxis.Context], cancellationToken).Sum(all);
        var put = all.data<float>().ToArray();
        var at = 0;
        foreach (var score in scores)
        {
            put.AsSpan(at, score.Length).CopyTo(score);
            at += score.Length;
        }

        return scores;
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
