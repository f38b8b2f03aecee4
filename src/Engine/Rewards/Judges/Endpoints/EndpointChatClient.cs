using System.ClientModel;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using SeedOrleans.Engine.Rewards.Judges.Probabilities;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>One call to an OpenAI-compatible endpoint: asks for log-probs, hands them over, and says of each failure whether another call may help.</summary>
/// <param name="inner">OpenAI's own client, without retries of its own.</param>
/// <param name="connections">Ends with this client.</param>
/// <param name="key">Taken out of all messages; null where none is sent.</param>
internal sealed class EndpointChatClient(
    IChatClient inner, IDisposable connections, Uri endpoint, string? key, TimeSpan deadline, TimeProvider time) : WholeReplyChatClient(inner)
{
    private const int MaxQuote = 200;

    /// <exception cref="EndpointFaultException">Another call may help.</exception>
    /// <exception cref="EndpointRefusedException">None will.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var reply = await base.GetResponseAsync(messages, Translate(options), either.Token).ConfigureAwait(false);
            return reply.Messages.Count == 0 ? throw new EndpointFaultException("its reply holds no message") : Translate(reply);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            throw new EndpointFaultException(string.Create(CultureInfo.InvariantCulture, $"it gave no answer within {deadline.TotalSeconds:0.##} s"));
        }
        catch (ClientResultException failure) when (failure.Status > 0)
        {
            throw OfStatus(failure);
        }
        catch (Exception failure) when (failure is not EndpointFaultException)
        {
            // The boundary to a server that may send anything: whatever its bytes lead to is its fault, and none of the caller's.
            throw new EndpointFaultException($"its reply is none ({Quote(failure.Message)})", innerException: failure);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            connections.Dispose();
    }

    private static ChatOptions? Translate(ChatOptions? options)
    {
        if (!options.WantsLogProbs())
            return options;

        var translated = options!.WithoutLogProbs();
        translated.RawRepresentationFactory = _ => new ChatCompletionOptions { IncludeLogProbabilities = true, TopLogProbabilityCount = ChatLogProbs.MostAlternatives };
        return translated;
    }

    private static ChatResponse Translate(ChatResponse reply) =>
        reply.RawRepresentation is ChatCompletion { ContentTokenLogProbabilities: { Count: > 0 } places } ? reply.WithLogProbs([.. places.Select(Alternatives)]) : reply;

    private static TokenAlternatives Alternatives(ChatTokenLogProbabilityDetails place)
    {
        ImmutableArray<TokenChance> top = [.. place.TopLogProbabilities.Select(chance => new TokenChance(chance.Token, chance.LogProbability))];
        return new TokenAlternatives(top.Any(chance => chance.Text == place.Token) ? top : top.Add(new TokenChance(place.Token, place.LogProbability)));
    }

    private Exception OfStatus(ClientResultException failure)
    {
        var words = Quote(failure.Message);
        return failure.Status is 408 or 409 or 425 or 429 or >= 500
            ? new EndpointFaultException($"it answered {failure.Status} ({words})", RetryAfter.Of(failure.GetRawResponse(), time), wasRefused: true, failure)
            : new EndpointRefusedException(endpoint, failure.Status, words, failure);
    }

    /// <summary>In one line, and without the key: some servers send it back.</summary>
    private string Quote(string words)
    {
        var line = string.Concat((key is null ? words : words.Replace(key, "…", StringComparison.Ordinal)).Select(character => char.IsControl(character) ? ' ' : character));
        return line.Length > MaxQuote ? line[..MaxQuote] + "…" : line.TrimEnd('.', ' ');
    }
}
