using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Streams;
using Orleans.Streams.Core;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Models.HuggingFace;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;
using SeedOrleans.Engine.Rewards.Judges;
using SeedOrleans.Engine.Rewards.Shaping;
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
    private static readonly Verdict Awaiting = new() { Correct = false, Score = 0, Reason = "awaits its group's tournament" };

    private readonly JudgedMessages _judged = new();
    private RunVerifiers? _verifiers;

    private string RunId => RunKeys.RunOf(this.GetPrimaryKeyString());

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<SampledBatch>().ResumeAsync(JudgeAsync);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_verifiers is not null)
            verifiers.Return(RunId);

        return Task.CompletedTask;
    }

    private async Task JudgeAsync(SampledBatch batch, StreamSequenceToken? place)
    {
        // Who delivers gives up after half a minute and delivers again, though this was still at work.
        if (!_judged.IsNew(place))
            return;

        RunData run;
        try
        {
            run = await data.FindAsync(RunId);
        }
        catch (InvalidOperationException)
        {
            LogLate(logger, batch.Responses.Length, RunId);
            return;
        }

        try
        {
            await this.GetStreamProvider(StreamNames.Provider)
                .GetStream<ScoredBatch>(StreamId.Create(StreamNames.Scored, RunId))
                .OnNextAsync(await JudgeAsync(batch, run));
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

    /// <summary>Those that no judge could be asked about are left out, and the batch says why.</summary>
    private async Task<ScoredBatch> JudgeAsync(SampledBatch batch, RunData run)
    {
        ConcurrentBag<string> failures = [];
        try
        {
            var verifier = (_verifiers ??= await verifiers.TakeAsync(RunId, run.Rewards)).Verifier;
            var responses = await Task.WhenAll(batch.Responses.Select(sampled => Task.Run(async () =>
            {
                try
                {
                    return await JudgeAsync(sampled, run, verifier);
                }
                catch (JudgeFailedException failure)
                {
                    failures.Add(failure.Message);
                    return null;
                }
            })));
            return new ScoredBatch
            {
                Responses = [.. responses.OfType<ScoredResponse>()],
                Failure = failures.FirstOrDefault() ?? "",
                Tournament = batch.Tournament is { } tournament ? await JudgeAsync(tournament, verifier) : null,
            };
        }
        catch (Exception failure) when (failure is JudgeFailedException or ModelFolderException)
        {
            return new ScoredBatch { Responses = [], Failure = failure.Message };
        }
    }

    private static async Task<ScoredResponse> JudgeAsync(SampledResponse sampled, RunData run, ResponseVerifier verifier)
    {
        var text = run.Tokenizer.Decode(sampled.Trajectory.ResponseTokens.AsSpan());
        return new ScoredResponse(sampled.CollectionId, new ScoredTrajectory
        {
            Trajectory = sampled.Trajectory,
            Verdict = sampled.AwaitsGroup ? Awaiting : await verifier.JudgeAsync(sampled.Prompt, text, CancellationToken.None),
            ResponseText = text,
            Traits = TraitReader.Read(sampled.Prompt, sampled.Trajectory.ResponseTokens.AsSpan(), text),
        });
    }

    private static async Task<TournamentResult> JudgeAsync(Tournament tournament, ResponseVerifier verifier) => new()
    {
        CollectionId = tournament.CollectionId,
        PromptId = tournament.Prompt.Id,
        FirstIndex = tournament.FirstIndex,
        Verdicts = await verifier.JudgeTournamentAsync(tournament.Prompt, tournament.Texts, tournament.Seed, CancellationToken.None),
    };

    [LoggerMessage(LogLevel.Debug, "{Count} responses of run {RunId} came after its end and were dropped")]
    private static partial void LogLate(ILogger logger, int count, string runId);

    [LoggerMessage(LogLevel.Warning, "A verifier of run {RunId} leaves this silo: {Reason}")]
    private static partial void LogElsewhere(ILogger logger, string runId, string reason);
}
