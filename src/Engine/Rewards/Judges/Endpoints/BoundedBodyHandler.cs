namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Reads a reply's body whole, up to a limit: a longer one, and one that breaks off, is an <see cref="HttpRequestException"/>.</summary>
internal sealed class BoundedBodyHandler(HttpMessageHandler inner, long maxBytes) : DelegatingHandler(inner)
{
    /// <summary>Far more than any verdict needs.</summary>
    public const long Usual = 4 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            await response.Content.LoadIntoBufferAsync(maxBytes, cancellationToken).ConfigureAwait(false);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
