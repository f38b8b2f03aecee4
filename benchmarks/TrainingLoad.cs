using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Benchmarks;

/// <summary>Ranks on threads that train on the same mini-batch again and again.</summary>
internal sealed class TrainingLoad : IDisposable
{
    private readonly Devices _pair;
    private readonly RankMesh _mesh;
    private readonly IReadOnlyList<IReadOnlyList<TrainingSequence>> _shares;
    private readonly ClippedPolicyLoss _loss = new(AlgorithmPresets.Resolve(new AlgorithmSpec()));
    private readonly OptimizerSpec _optimizer = new();

    /// <param name="pair">At least as many as the mesh has ranks.</param>
    /// <param name="mesh">Two data ranks if null.</param>
    public TrainingLoad(BenchmarkModel model, Devices pair, RankMesh? mesh = null, RankTrainerOptions? options = null)
    {
        (_pair, _mesh) = (pair, mesh ?? new RankMesh(data: 2));
        _shares = MicroBatches.AcrossRanks(Batch(model), _mesh.SizeOf(MeshAxis.Data), new SequenceWorkload(model.Config));
        Tokens = _shares.Sum(share => share.Sum(sequence => (long)PackedBatch.FedTokens(sequence)));
        Ranks = new RankTrainer[_mesh.Size];
        var groups = RankGroups.InProcess(_mesh, background: options?.ReshardAfterForward ?? false);
        pair.Run(_mesh.Size, rank =>
        {
            using var initial = ModelWeights.Random(model.Config, seed: 1);
            Ranks[rank] = new RankTrainer(initial, groups[rank], options ?? new RankTrainerOptions());
        });
    }

    public RankTrainer[] Ranks { get; }

    /// <summary>Of an update, all ranks together.</summary>
    public long Tokens { get; }

    /// <returns>Wall-clock time.</returns>
    public TimeSpan Update() => _pair.Run(_mesh.Size, rank =>
        Ranks[rank].Update(_shares[_mesh.PlaceOf(MeshAxis.Data, rank)], _loss, _optimizer, _optimizer.LearningRate, CancellationToken.None));

    public void Dispose()
    {
        foreach (var rank in Ranks)
            rank.Dispose();
    }

    /// <summary>Half of them good and half bad, with the log-probs of a policy that knows nothing.</summary>
    private static IReadOnlyList<TrainingSequence> Batch(BenchmarkModel model)
    {
        var responseTokens = Enumerable.Range(0, model.Sequences).Select(ResponseTokens).ToArray();
        return
        [
            .. responseTokens.Select((count, index) => new TrainingSequence
            {
                PromptTokens = [.. Tokens(index, model.PromptTokens)],
                ResponseTokens = [.. Tokens(index + 1, count)],
                RolloutLogProbs = [.. Enumerable.Repeat(-MathF.Log(model.Config.VocabularySize), count)],
                Advantage = index % 2 == 0 ? 1 : -1,
                TokenWeight = 1.0 / responseTokens.Sum(),
            }),
        ];

        int ResponseTokens(int index)
        {
            var longest = model.SequenceTokens + 1 - model.PromptTokens;
            return model.HasEvenLengths ? longest : longest - (index * (longest - 1) / model.Sequences);
        }

        IEnumerable<int> Tokens(int from, int count) =>
            Enumerable.Range(from, count).Select(token => token * 7 % model.Config.VocabularySize);
    }
}
