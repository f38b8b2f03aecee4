using Microsoft.Extensions.AI;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Keeps calls within so many requests and tokens a minute, and so many at the same time.</summary>
/// <remarks>A call takes the tokens that it can need at most, and gives back what it did not use once the endpoint has counted.</remarks>
/// <param name="requests">Null where there is no limit.</param>
/// <param name="tokens">Null where there is no limit.</param>
internal sealed class PacedChatClient(IChatClient inner, int atOnce, TokenBucket? requests, TokenBucket? tokens) : WholeReplyChatClient(inner)
{
    private readonly SemaphoreSlim _places = new(atOnce);

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        var atMost = TokenCount.AtMost(asked, options);
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.WhenAll(
                requests?.TakeAsync(1, cancellationToken) ?? Task.CompletedTask,
                tokens?.TakeAsync(atMost.Total, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);

            var reply = await base.GetResponseAsync(asked, options, cancellationToken).ConfigureAwait(false);
            tokens?.Give(atMost.Total - TokenCount.Of(reply, atMost).Total);
            return reply;
        }
        finally
        {
            _places.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _places.Dispose();
    }
}
