using System.Globalization;
using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Calls again what failed on the endpoint's side: later each time, at a random moment, or when the endpoint says; within a total deadline.</summary>
internal sealed class RetryingChatClient : WholeReplyChatClient
{
    private readonly Uri _endpoint;
    private readonly TimeSpan _deadline;
    private readonly ResiliencePipeline _pipeline;

    /// <param name="retries">Further calls after the first.</param>
    /// <param name="deadline">Of all calls and the waits between them.</param>
    public RetryingChatClient(IChatClient inner, Uri endpoint, int retries, TimeSpan deadline, TimeProvider time)
        : base(inner)
    {
        (_endpoint, _deadline) = (endpoint, deadline);
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = _ => ValueTask.FromResult(deadline) });
        if (retries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<EndpointFaultException>(),
                MaxRetryAttempts = retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = TimeSpan.FromSeconds(30),
                DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as EndpointFaultException)?.RetryAfter),
            });
        }

        _pipeline = pipeline.Build();
    }

    /// <exception cref="EndpointUnavailableException">All calls failed, or time ran out.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        EndpointFaultException? last = null;
        try
        {
            return await _pipeline.ExecuteAsync(CallAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (EndpointFaultException fault)
        {
            throw new EndpointUnavailableException(_endpoint, fault.Message, fault);
        }
        catch (TimeoutRejectedException timeout)
        {
            var before = last is null ? "" : $"; before that, {last.Message}";
            throw new EndpointUnavailableException(_endpoint, string.Create(CultureInfo.InvariantCulture, $"{_deadline.TotalSeconds:0.##} s were over{before}"), timeout);
        }

        async ValueTask<ChatResponse> CallAsync(CancellationToken token)
        {
            try
            {
                return await base.GetResponseAsync(messages, options, token).ConfigureAwait(false);
            }
            catch (EndpointFaultException fault)
            {
                last = fault;
                throw;
            }
        }
    }
}
