using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using SeedOrleans.Engine.Rewards.Mathematics;

namespace SeedOrleans.Engine.Tests.Rewards.Mathematics;

/// <summary>The table of labelled answers in Assets/mathematics.</summary>
internal static class LabelledAnswers
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static IEnumerable<string> Groups => Directory.EnumerateFiles(Folder(), "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public static IEnumerable<LabelledAnswer> All => Groups.SelectMany(Of);

    public static IEnumerable<LabelledAnswer> Of(string group) => File.ReadLines(Path.Combine(Folder(), $"{group}.jsonl"))
        .Select(line => JsonSerializer.Deserialize<LabelledAnswer>(line, Json)!);

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "../../Assets/mathematics");
}

/// <param name="Expected">The verdict that is right.</param>
internal sealed record LabelledAnswer(string Reference, string Response, Outcome Expected, string? Question = null, MathematicsPolicy? Policy = null)
{
    public MathematicsVerdict Judge() => MathematicsVerifier.Judge(Question, Reference, Response, Policy);
}
