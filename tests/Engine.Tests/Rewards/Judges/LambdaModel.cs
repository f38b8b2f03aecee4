using Microsoft.Extensions.AI;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;

namespace SeedOrleans.Engine.Tests.Rewards.Judges;

/// <summary>A model that is a function.</summary>
internal sealed class LambdaModel(Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatResponse> answer) : IChatClient
{
    private int _calls;

    public int Calls => _calls;

    public static LambdaModel Says(string text, ChatFinishReason? finish = null) => new((_, _) => Reply(text, finish));

    /// <summary>P(YES) as a function of what the user's message says.</summary>
    public static LambdaModel Believes(Func<string, double> probability) => new((messages, _) =>
    {
        var yes = probability(messages.First(message => message.Role == ChatRole.User).Text);
        return Reply(yes >= 0.5 ? "YES" : "NO", null).WithLogProbs([new TokenAlternatives([new("YES", Math.Log(yes)), new("NO", Math.Log(1 - yes))])]);
    });

    public static ChatResponse Reply(string text, ChatFinishReason? finish) => new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = finish ?? ChatFinishReason.Stop };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return Task.FromResult(answer([.. messages], options));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
