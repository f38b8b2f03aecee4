using System.Diagnostics;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Algorithms;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.Engine.Tensors;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Engine.Profiling;

/// <summary>One rank of a mesh, alone, that trains on made-up sequences: what it needs of memory and time is what it would among others.</summary>
/// <remarks>Time without communication. Belongs to one thread.</remarks>
public sealed class RankProbe : IDisposable
{
    private readonly MemoryMeter _meter = MemoryMeter.OnThisThread();
    private readonly ClippedPolicyLoss _loss = new(AlgorithmPresets.Resolve(new AlgorithmSpec()));
    private readonly OptimizerSpec _optimizer = new();
    private readonly RankTrainer _trainer;
    private readonly ModelConfig _config;
    private readonly int _expertRanks, _words;

    public RankProbe(ModelConfig config, RankMesh mesh, RankTrainerOptions options)
    {
        (_config, _expertRanks, _words) = (config, mesh.SizeOf(MeshAxis.Expert), config.VocabularySize / mesh.SizeOf(MeshAxis.Tensor));
        long before;
        using (var initial = ModelWeights.Random(config, seed: 1, config.Dtype))
        {
            before = _meter.Bytes;
            _trainer = new RankTrainer(initial, RankGroups.Alone(mesh), options);
            StaticBytes = _meter.Bytes - before;
        }
    }

    /// <summary>What the rank holds between updates: weights, gradients and the optimizer's states, as far as they are in memory.</summary>
    public long StaticBytes { get; }

    /// <summary>The most that the rank has held so far.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Rows that the last update had for this rank's experts, by the mean of all ranks', for each sparse layer.</summary>
    public IReadOnlyList<double> ExpertLoads =>
    [
        .. _trainer.ExpertTokens.Chunk(Math.Max(1, _config.Experts)).Where(experts => experts.Sum() > 0)
            .Select(experts => Enumerable.Range(0, _expertRanks).Sum(rank => FromRank(experts, rank)) / (double)experts.Sum()),
    ];

    /// <param name="promptTokens">Of each sequence.</param>
    /// <param name="responseTokens">By sequence.</param>
    /// <returns>How long the rank computed.</returns>
    public TimeSpan Update(int promptTokens, IReadOnlyList<int> responseTokens, CancellationToken cancellationToken)
    {
        var share = Sequences(promptTokens, responseTokens);
        _meter.ForgetPeak();
        var start = Stopwatch.GetTimestamp();
        _trainer.Update(share, _loss, _optimizer, _optimizer.LearningRate, cancellationToken);
        var time = Stopwatch.GetElapsedTime(start);
        PeakBytes = Math.Max(PeakBytes, _meter.PeakBytes);
        return time;
    }

    public void Dispose()
    {
        _trainer.Dispose();
        _meter.Dispose();
    }

    /// <summary>Tokens that another rank has for this one's experts: its echo is counted from another expert on.</summary>
    private double FromRank(float[] experts, int rank) =>
        Enumerable.Range(rank, experts.Length / _expertRanks).Sum(expert => experts[expert % experts.Length]);

    /// <summary>Half of them good and half bad, with the log-probs of a policy that knows nothing.</summary>
    private TrainingSequence[] Sequences(int promptTokens, IReadOnlyList<int> responseTokens)
    {
        var all = responseTokens.Sum(tokens => (long)tokens);
        return
        [
            .. responseTokens.Select((tokens, index) => new TrainingSequence
            {
                PromptTokens = [.. Tokens(index, promptTokens)],
                ResponseTokens = [.. Tokens(index + 1, tokens)],
                RolloutLogProbs = [.. Enumerable.Repeat(-MathF.Log(_config.VocabularySize), tokens)],
                Advantage = index % 2 == 0 ? 1 : -1,
                TokenWeight = 1.0 / all,
            }),
        ];
    }

    /// <summary>As good as random, so that experts are about evenly loaded; of this rank's words, since others' would come as zeros, and gradients of norms of zeros explode.</summary>
    private IEnumerable<int> Tokens(int sequence, int count) =>
        Enumerable.Range(0, count).Select(place => (int)(AddressedRandom.Bits(1, (ulong)sequence, (ulong)place) % (uint)_words));
}
