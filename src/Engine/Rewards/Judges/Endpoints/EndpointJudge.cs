using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Makes the chat client of a judge at an OpenAI-compatible endpoint.</summary>
/// <remarks>
/// From outside in: cache, circuit breaker, retries within the total deadline, pace, spend cap, one call within its deadline. Whatever fails for good is a
/// <see cref="JudgeFailedException"/>.
/// </remarks>
public static class EndpointJudge
{
    /// <summary>Judgements that fail in a row, with all their retries, before the circuit breaker opens.</summary>
    private const int FailuresInARow = 5;

    /// <summary>Of local servers that want none; the client insists on one.</summary>
    private const string NoKey = "none";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <param name="spec">With an endpoint and a model, checked.</param>
    /// <param name="time">Of deadlines, waits and pauses.</param>
    /// <exception cref="ApiKeyMissingException">The environment lacks the variable that the spec names.</exception>
    public static IChatClient Create(JudgeSpec spec, TimeProvider time)
    {
        var endpoint = new Uri(spec.Endpoint!, UriKind.Absolute);
        IChatClient client = new LogProbsIfGivenChatClient(Connect(endpoint, spec, time));
        if (spec.SpendCap is { } cap)
            client = new MeteredChatClient(client, new SpendMeter(cap, spec.InputPrice, spec.OutputPrice));

        client = new PacedChatClient(client, spec.Parallel, Bucket(spec.RequestsPerMinute), Bucket(spec.TokensPerMinute));
        client = new RetryingChatClient(client, endpoint, spec.Retries, TimeSpan.FromSeconds(spec.TotalDeadlineSeconds), time);
        client = new BreakingChatClient(client, new CircuitBreaker(FailuresInARow, Pause, time));
        return new CachingChatClient(client, $"{endpoint} {spec.Model}", new ReplyStore(spec.Cache));

        TokenBucket? Bucket(int? perMinute) => perMinute is { } units ? new TokenBucket(units, time) : null;
    }

    private static EndpointChatClient Connect(Uri endpoint, JudgeSpec spec, TimeProvider time)
    {
        var key = spec.ApiKeyVariable is { } variable ? KeyOf(variable) : null;
        var connections = new SocketsHttpHandler
        {
            // A key goes to no other place than the one that it was meant for.
            AllowAutoRedirect = false,
            UseProxy = !endpoint.IsLoopback,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        var http = new HttpClient(new BoundedBodyHandler(connections, BoundedBodyHandler.Usual)) { Timeout = Timeout.InfiniteTimeSpan };
        var client = new OpenAIClient(new ApiKeyCredential(key ?? NoKey), new OpenAIClientOptions
        {
            Endpoint = endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });

        return new EndpointChatClient(client.GetChatClient(spec.Model).AsIChatClient(), http, endpoint, key, TimeSpan.FromSeconds(spec.DeadlineSeconds), time);
    }

    private static string KeyOf(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } key ? key : throw new ApiKeyMissingException(variable);
}
