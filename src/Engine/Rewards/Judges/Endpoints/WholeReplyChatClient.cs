using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>A layer around a chat client that deals with whole replies; whoever asks for a stream gets the whole reply as one, through the same layers.</summary>
public abstract class WholeReplyChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public sealed override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reply = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in reply.ToChatResponseUpdates())
            yield return update;
    }
}
