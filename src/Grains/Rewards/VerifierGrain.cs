using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Rewards;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Rewards;

/// <inheritdoc cref="IVerifierGrain"/>
[ImplicitStreamSubscription(StreamNames.Sampled)]
[AvoidDraining]
internal sealed partial class VerifierGrain(RunDataCache data, ILogger<VerifierGrain> logger)
    : Grain, IVerifierGrain, IStreamSubscriptionObserver
{
    public Task<Verdict> JudgeAsync(Prompt prompt, string response, CancellationToken cancellationToken) =>
        Task.Run(() => RuleVerifier.Grade(prompt, response), cancellationToken);

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<SampledBatch>().ResumeAsync((batch, _) => JudgeAsync(batch));

    private async Task JudgeAsync(SampledBatch batch)
    {
        RunData run;
        try
        {
            run = await data.FindAsync(this.GetPrimaryKeyString());
        }
        catch (InvalidOperationException)
        {
            LogLate(logger, batch.Responses.Length, this.GetPrimaryKeyString());
            return;
        }

        var scored = await Task.Run(() => new ScoredBatch { Responses = [.. batch.Responses.Select(sampled => Judge(sampled, run))] });
        await this.GetStreamProvider(StreamNames.Provider)
            .GetStream<ScoredBatch>(StreamId.Create(StreamNames.Scored, this.GetPrimaryKeyString()))
            .OnNextAsync(scored);
    }

    private static ScoredResponse Judge(SampledResponse sampled, RunData run)
    {
        var text = run.Tokenizer.Decode(sampled.Trajectory.ResponseTokens.AsSpan());
        return new ScoredResponse(sampled.CollectionId, new ScoredTrajectory
        {
            Trajectory = sampled.Trajectory,
            Verdict = RuleVerifier.Grade(sampled.Prompt, text),
            ResponseText = text,
        });
    }

    [LoggerMessage(LogLevel.Debug, "{Count} responses of run {RunId} came after its end and were dropped")]
    private static partial void LogLate(ILogger logger, int count, string runId);
}
