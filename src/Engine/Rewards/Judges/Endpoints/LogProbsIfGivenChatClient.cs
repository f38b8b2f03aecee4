using Microsoft.Extensions.AI;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Does without log-probs at an endpoint that refuses a call because of them, and asks for none from then on.</summary>
internal sealed class LogProbsIfGivenChatClient(IChatClient inner) : WholeReplyChatClient(inner)
{
    private volatile bool _refuses;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        if (options.WantsLogProbs() && !_refuses)
        {
            try
            {
                return await base.GetResponseAsync(asked, options, cancellationToken).ConfigureAwait(false);
            }
            catch (EndpointRefusedException refusal) when (refusal.Status is 400 or 422 && refusal.Message.Contains("logprob", StringComparison.OrdinalIgnoreCase))
            {
                _refuses = true;
            }
        }

        return await base.GetResponseAsync(asked, _refuses ? options?.WithoutLogProbs() : options, cancellationToken).ConfigureAwait(false);
    }
}
