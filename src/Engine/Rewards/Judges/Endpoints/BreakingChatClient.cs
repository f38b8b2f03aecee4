using Microsoft.Extensions.AI;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Spares an endpoint that is down, and whoever would wait for it: fails at once while the breaker is open.</summary>
/// <remarks>Around the retries, so that a short outage is theirs to bridge.</remarks>
internal sealed class BreakingChatClient(IChatClient inner, CircuitBreaker breaker) : WholeReplyChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        breaker.Enter();
        try
        {
            var reply = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            breaker.Succeed();
            return reply;
        }
        catch (EndpointUnavailableException)
        {
            breaker.Fail();
            throw;
        }
        catch (EndpointRefusedException)
        {
            // It answers, and that is all a breaker asks for.
            breaker.Succeed();
            throw;
        }
        catch
        {
            breaker.Leave();
            throw;
        }
    }
}
