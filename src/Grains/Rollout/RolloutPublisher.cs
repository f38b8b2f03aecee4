using Orleans.Streams;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.Engine.Rollout;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Rollout;

namespace SeedOrleans.Grains.Rollout;

/// <summary>Puts finished responses on the stream in messages that it can carry.</summary>
internal static class RolloutPublisher
{
    /// <summary>Memory streams accept a message of over 1 MiB and lose it without a word, so nothing near that size is sent.</summary>
    private const long MostMessageBytes = 256 * 1024, LargestResponseBytes = 900 * 1024;

    /// <summary>A verifier answers a message as a whole, so one holds no more than it judges in seconds.</summary>
    private const int MostResponses = 32;

    /// <summary>Of a tournament's texts together; a judge sees 8,000 of a response at most.</summary>
    private const int MostTournamentCharacters = 256 * 1024;

    /// <param name="verifiers">That share the run's responses; the same response always goes to the same one.</param>
    /// <exception cref="ResponseTooLargeException">One response alone is more than the stream carries.</exception>
    public static Task PublishAsync(IStreamProvider provider, string runId, int verifiers, IReadOnlyList<FinishedRollout> finished) =>
        Task.WhenAll(finished.GroupBy(rollout => VerifierOf(rollout.Trajectory.PromptId, rollout.Trajectory.ResponseIndex, verifiers)).Select(part =>
            PublishAsync(StreamOf(provider, runId, part.Key), part)));

    /// <inheritdoc cref="PublishAsync(IStreamProvider, string, int, IReadOnlyList{FinishedRollout})"/>
    public static Task PublishAsync(IStreamProvider provider, string runId, int verifiers, Tournament tournament)
    {
        var shown = MostTournamentCharacters / tournament.Texts.Length;
        var message = tournament with { Texts = [.. tournament.Texts.Select(FinalAnswer.AfterThinking).Select(text => text[Math.Max(0, text.Length - shown)..])] };
        return StreamOf(provider, runId, VerifierOf(tournament.Prompt.Id, tournament.FirstIndex, verifiers))
            .OnNextAsync(new SampledBatch { Responses = [], Tournament = message });
    }

    private static IAsyncStream<SampledBatch> StreamOf(IStreamProvider provider, string runId, int verifier) =>
        provider.GetStream<SampledBatch>(StreamId.Create(StreamNames.Sampled, RunKeys.Verifier(runId, verifier)));

    private static int VerifierOf(string promptId, int responseIndex, int verifiers) =>
        (int)((AddressedRandom.Hash(promptId) + (ulong)responseIndex) % (ulong)verifiers);

    private static async Task PublishAsync(IAsyncStream<SampledBatch> stream, IEnumerable<FinishedRollout> finished)
    {
        var message = new List<SampledResponse>();
        var bytes = 0L;
        foreach (var (request, trajectory) in finished)
        {
            var size = SizeOf(request.Prompt, trajectory);
            if (size > LargestResponseBytes)
                throw new ResponseTooLargeException(trajectory.PromptId, size, LargestResponseBytes);

            if (message.Count == MostResponses || (message.Count > 0 && bytes + size > MostMessageBytes))
                await SendAsync();

            message.Add(new SampledResponse(request.CollectionId, request.Prompt, trajectory, request.AwaitsGroup));
            bytes += size;
        }

        if (message.Count > 0)
            await SendAsync();

        async Task SendAsync()
        {
            await stream.OnNextAsync(new SampledBatch { Responses = [.. message] });
            message.Clear();
            bytes = 0;
        }
    }

    /// <summary>Upper bound of what it takes on the wire, the verifier's text of the response included.</summary>
    private static long SizeOf(Prompt prompt, Trajectory trajectory) =>
        512 + (3L * (prompt.Question.Length + prompt.GroundTruth.Length))
            + (5L * (prompt.Tokens.Length + trajectory.PromptTokens.Length)) + (16L * trajectory.ResponseTokens.Length);
}
