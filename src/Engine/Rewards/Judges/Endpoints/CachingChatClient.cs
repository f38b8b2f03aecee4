using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Asks nothing twice: equal calls at the same time are one, and later ones get the reply that was kept. Failures are not kept.</summary>
/// <param name="model">Names the endpoint and its model, so that a folder may serve several.</param>
internal sealed class CachingChatClient(IChatClient inner, string model, ReplyStore store) : WholeReplyChatClient(inner)
{
    private readonly ConcurrentDictionary<string, Flight> _underWay = [];

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        var key = CallKey.Of(model, asked, options);
        while (true)
        {
            if (store.Find(key) is { } kept)
                return kept.ToReply();

            var flight = _underWay.GetOrAdd(key, _ => new Flight());
            if (flight.TryBoard())
                return (await flight.WaitAsync(token => CallAsync(key, flight, asked, options, token), cancellationToken).ConfigureAwait(false)).ToReply();

            _underWay.TryRemove(new KeyValuePair<string, Flight>(key, flight));
        }
    }

    private async Task<KeptReply> CallAsync(string key, Flight flight, List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            var reply = KeptReply.Of(await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false));
            if (reply.Text.Length > 0)
                store.Keep(key, reply);

            return reply;
        }
        finally
        {
            _underWay.TryRemove(new KeyValuePair<string, Flight>(key, flight));
        }
    }
}
