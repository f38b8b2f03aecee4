using System.Net.Http.Json;

namespace SeedOrleans.Silo.Draining;

/// <summary>Azure's scheduled events, or whatever speaks like them: what the cloud is about to do to machines.</summary>
/// <remarks>The documented JSON of api-version 2020-07-01; its names are as Azure spells them.</remarks>
internal sealed class ScheduledEvents(HttpClient http, Uri endPoint)
{
    /// <exception cref="HttpRequestException">The endpoint does not answer, or not as it should.</exception>
    public async Task<ScheduledEvent[]> ReadAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, content: null, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<Document>(JsonSerializer, cancellationToken))?.Events ?? [];
    }

    /// <summary>Says that the event may begin before its time.</summary>
    public async Task AcknowledgeAsync(string eventId, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, JsonContent.Create(new { StartRequests = new[] { new { EventId = eventId } } }, options: JsonSerializer), cancellationToken)).Dispose();

    private static System.Text.Json.JsonSerializerOptions JsonSerializer { get; } = new();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, endPoint) { Content = content, Headers = { { "Metadata", "true" } } };
        return (await http.SendAsync(request, cancellationToken)).EnsureSuccessStatusCode();
    }

    private sealed record Document(ScheduledEvent[]? Events);
}

/// <param name="EventType">What will happen: <c>Preempt</c>, <c>Terminate</c>, <c>Reboot</c>, <c>Redeploy</c>, <c>Freeze</c>, or something new.</param>
/// <param name="Resources">Names of the machines that it will happen to.</param>
internal sealed record ScheduledEvent(string EventId, string EventType, string[]? Resources)
{
    /// <summary>The machine goes away, or stands still for longer than its silo would be waited for.</summary>
    public bool TakesAway(string machine) =>
        EventType is "Preempt" or "Terminate" or "Reboot" or "Redeploy" or "Freeze"
        && Resources?.Contains(machine, StringComparer.OrdinalIgnoreCase) == true;
}
