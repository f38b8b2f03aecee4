using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SeedOrleans.Silo.Tests.Processes;

/// <summary>Speaks the JSON that Azure documents for scheduled events, api-version 2020-07-01, and refuses what Azure refuses.</summary>
internal sealed class FakeScheduledEvents : IDisposable
{
    private readonly HttpListener _http = new();
    private readonly ConcurrentQueue<JsonObject> _events = [];
    private readonly ConcurrentQueue<string> _acknowledged = [];
    private readonly Task _serving;
    private TaskCompletionSource _asked = New();

    public FakeScheduledEvents()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/metadata/scheduledevents";
        free.Stop();
        _http.Prefixes.Add(new Uri(Address).GetLeftPart(UriPartial.Authority) + "/");
        _http.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public IEnumerable<string> Acknowledged => _acknowledged;

    public void Announce(string id, string type, string machine)
    {
        _events.Enqueue(new JsonObject
        {
            ["EventId"] = id,
            ["EventStatus"] = "Scheduled",
            ["EventType"] = type,
            ["ResourceType"] = "VirtualMachine",
            ["Resources"] = new JsonArray(machine),
            ["NotBefore"] = "Mon, 19 Sep 2016 18:29:47 GMT",
            ["Description"] = "",
            ["EventSource"] = "Platform",
            ["DurationInSeconds"] = -1,
        });
        _asked = New();
    }

    /// <summary>Completes when somebody has read what was announced so far.</summary>
    public Task AskedAsync() => _asked.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _http.Close();
        _serving.Wait();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext call;
            try
            {
                call = await _http.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var asked = _asked;
            await AnswerAsync(call);
            asked.TrySetResult();
        }
    }

    private async Task AnswerAsync(HttpListenerContext call)
    {
        using var response = call.Response;
        if (call.Request.Headers["Metadata"] != "true" || call.Request.QueryString["api-version"] != "2020-07-01")
        {
            response.StatusCode = 400;
        }
        else if (call.Request.HttpMethod == "POST")
        {
            using var body = await JsonDocument.ParseAsync(call.Request.InputStream);
            foreach (var start in body.RootElement.GetProperty("StartRequests").EnumerateArray())
                _acknowledged.Enqueue(start.GetProperty("EventId").GetString()!);
        }
        else
        {
            var document = new JsonObject { ["DocumentIncarnation"] = _events.Count, ["Events"] = new JsonArray([.. _events.Select(coming => coming.DeepClone())]) };
            response.ContentType = "application/json";
            await JsonSerializer.SerializeAsync(response.OutputStream, document);
        }
    }
}
