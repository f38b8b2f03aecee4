using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards.Judges.Endpoints;

namespace SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

/// <summary>Judges at a fake endpoint.</summary>
internal static class FakeJudges
{
    /// <summary>Deadlines that no test waits for.</summary>
    public static JudgeSpec SpecOf(FakeEndpoint endpoint) => new()
    {
        Endpoint = endpoint.Address,
        Model = "m",
        DeadlineSeconds = 7200,
        TotalDeadlineSeconds = 7200,
        Retries = 3,
    };

    public static IChatClient At(FakeEndpoint endpoint, TimeProvider? time = null) => EndpointJudge.Create(SpecOf(endpoint), time ?? new HastyTime());

    public static Task<ChatResponse> AskAsync(this IChatClient judge, string question = "1+1=2?", ChatOptions? options = null, CancellationToken? cancellation = null) =>
        judge.GetResponseAsync([new ChatMessage(ChatRole.User, question)], options, cancellation ?? TestContext.Current.CancellationToken);
}
