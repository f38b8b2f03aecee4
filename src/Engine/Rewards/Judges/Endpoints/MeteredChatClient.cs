using Microsoft.Extensions.AI;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Stops before calls cost more than they may. A call whose end is unknown counts as the most that it can have cost.</summary>
internal sealed class MeteredChatClient(IChatClient inner, SpendMeter meter) : WholeReplyChatClient(inner)
{
    /// <exception cref="SpendCapReachedException">The call might pass the cap, and was not made.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        var atMost = TokenCount.AtMost(asked, options);
        meter.Reserve(atMost);

        var used = atMost;
        try
        {
            var reply = await base.GetResponseAsync(asked, options, cancellationToken).ConfigureAwait(false);
            used = TokenCount.Of(reply, atMost);
            return reply;
        }
        catch (Exception refusal) when (refusal is EndpointRefusedException or EndpointFaultException { WasRefused: true })
        {
            used = default;
            throw;
        }
        finally
        {
            meter.Settle(atMost, used);
        }
    }
}
