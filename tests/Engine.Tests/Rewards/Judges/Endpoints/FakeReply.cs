using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SeedOrleans.Engine.Tests.Rewards.Judges.Endpoints;

/// <summary>What <see cref="FakeEndpoint"/> writes to a caller.</summary>
internal sealed record FakeReply(Func<NetworkStream, CancellationToken, Task> WriteAsync)
{
    /// <summary>Never a byte.</summary>
    public static FakeReply Hang { get; } = new((_, end) => Task.Delay(Timeout.Infinite, end));

    public static FakeReply Close { get; } = new((_, _) => Task.CompletedTask);

    /// <summary>Promises 1000 bytes and sends 20.</summary>
    public static FakeReply HalfBody { get; } = Raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"id\":\"c\",\"object\":\"");

    public static FakeReply Garbage { get; } = Ok("]]] \u0001 no JSON {{{");

    public static FakeReply NoChoices { get; } = Ok("""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[]}""");

    public static FakeReply WrongType { get; } = Ok("<html><body>YES</body></html>", "text/html");

    /// <summary>Sends text without end.</summary>
    public static FakeReply Endless { get; } = new(async (stream, end) =>
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"id\":\""), end);
        var junk = Encoding.ASCII.GetBytes(new string('x', 1 << 16));
        while (true)
            await stream.WriteAsync(junk, end);
    });

    /// <summary>Without log-probs.</summary>
    public static FakeReply Says(string text, string finish = "stop") => Ok(Completion(text, finish, logProbs: null, usage: true));

    public static FakeReply SaysWithoutUsage(string text) => Ok(Completion(text, "stop", logProbs: null, usage: false));

    /// <summary>With the probabilities of the first word.</summary>
    public static FakeReply Believes(double yes, double no) => Ok(Completion(yes >= no ? "YES" : "NO", "stop", Chances(("YES", yes), ("NO", no)), usage: true));

    public static FakeReply BelievesTokens(string text, params (string Token, double Probability)[] chances) =>
        Ok(Completion(text, "stop", Chances(chances), usage: true));

    public static FakeReply Status(int status, string body = """{"error":{"message":"no","type":"t","code":"c"}}""", params string[] headers) => Raw(
        $"HTTP/1.1 {status} No\r\nContent-Type: application/json\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    /// <summary>Answers when the test lets it.</summary>
    public FakeReply After(Task released) => new(async (stream, end) =>
    {
        await released.WaitAsync(end);
        await WriteAsync(stream, end);
    });

    private static FakeReply Ok(string body, string type = "application/json") => Raw(
        $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    private static FakeReply Raw(string text) => new(async (stream, end) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), end));

    private static string Completion(string text, string finish, string? logProbs, bool usage) => $$"""
        {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{JsonSerializer.Serialize(text)}}},
        "finish_reason":"{{finish}}","logprobs":{{logProbs ?? "null"}}}]{{(usage ? ",\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":2,\"total_tokens\":14}" : "")}}}
        """;

    private static string Chances(params (string Token, double Probability)[] chances)
    {
        var places = chances.Select(chance => string.Create(
            CultureInfo.InvariantCulture, $$"""{"token":{{JsonSerializer.Serialize(chance.Token)}},"logprob":{{Math.Log(chance.Probability):R}},"bytes":null}"""));
        var first = chances.MaxBy(chance => chance.Probability);
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"content":[{"token":{{{JsonSerializer.Serialize(first.Token)}}},"logprob":{{{Math.Log(first.Probability):R}}},"bytes":null,"top_logprobs":[{{{string.Join(',', places)}}}]}]}
            """);
    }
}
