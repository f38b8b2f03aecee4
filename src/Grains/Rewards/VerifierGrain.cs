using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;
using SeedOrleans.GrainInterfaces;
using SeedOrleans.GrainInterfaces.Rewards;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Placement;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Rewards;

/// <inheritdoc cref="IVerifierGrain"/>
[ImplicitStreamSubscription(StreamNames.Sampled)]
[VerifierPlacement]
internal sealed partial class VerifierGrain(RunDataCache data, SiloVerifiers verifiers, ILogger<VerifierGrain> logger)
    : Grain, IVerifierGrain, IStreamSubscriptionObserver
{
    private readonly JudgedMessages _judged = new();

    private string RunId => RunKeys.RunOf(this.GetPrimaryKeyString());

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<SampledBatch>().ResumeAsync(JudgeAsync);

    private async Task JudgeAsync(SampledBatch batch, StreamSequenceToken? place)
    {
        // Who delivers gives up after half a minute and delivers again, though this was still at work.
        if (!_judged.IsNew(place))
            return;

        RunData run;
        ResponseVerifier verifier;
        try
        {
            run = await data.FindAsync(RunId);
            verifier = await verifiers.ForAsync(run.Rewards);
        }
        catch (InvalidOperationException)
        {
            LogLate(logger, batch.Responses.Length, RunId);
            return;
        }

        try
        {
            var responses = await Task.WhenAll(batch.Responses.Select(sampled => Task.Run(() => JudgeAsync(sampled, run, verifier))));
            await this.GetStreamProvider(StreamNames.Provider)
                .GetStream<ScoredBatch>(StreamId.Create(StreamNames.Scored, RunId))
                .OnNextAsync(new ScoredBatch { Responses = [.. responses] });
        }
        catch (SandboxMissingException missing)
        {
            // Whoever delivers tries again, and by then this actor is on a silo that can.
            LogElsewhere(logger, RunId, missing.Message);
            this.MigrateOnIdle();
            throw;
        }

        _judged.Add(place);
    }

    private static async Task<ScoredResponse> JudgeAsync(SampledResponse sampled, RunData run, ResponseVerifier verifier)
    {
        var text = run.Tokenizer.Decode(sampled.Trajectory.ResponseTokens.AsSpan());
        return new ScoredResponse(sampled.CollectionId, new ScoredTrajectory
        {
            Trajectory = sampled.Trajectory,
            Verdict = await verifier.JudgeAsync(sampled.Prompt, text, CancellationToken.None),
            ResponseText = text,
        });
    }

    [LoggerMessage(LogLevel.Debug, "{Count} responses of run {RunId} came after its end and were dropped")]
    private static partial void LogLate(ILogger logger, int count, string runId);

    [LoggerMessage(LogLevel.Warning, "A verifier of run {RunId} leaves this silo: {Reason}")]
    private static partial void LogElsewhere(ILogger logger, string runId, string reason);
}
