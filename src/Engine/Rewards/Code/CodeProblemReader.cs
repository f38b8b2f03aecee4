using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using SeedOrleans.Engine.Rewards.Code.Sandboxing;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>Reads a problem's tests from a reference, in the ways that public collections write them.</summary>
/// <remarks>
/// <c>{"inputs": […], "outputs": […]}</c>, and with <c>fn_name</c> a function's arguments and results; <c>{"tests": [{"input", "output"}, …]}</c>, or the
/// list alone; <c>{"asserts": […], "setup": "…"}</c>, also as <c>assert_case</c>; Python statements as they are. Beside them may stand <c>language</c>,
/// <c>checker</c>, <c>tolerance</c>, <c>time_limit</c> (seconds) and <c>memory_limit</c> (MiB).
/// </remarks>
public static class CodeProblemReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <param name="timeLimit">Where the reference has none; the usual if left out.</param>
    /// <exception cref="CodeProblemFormatException">It says nothing that is understood.</exception>
    public static CodeProblem Read(string reference, TimeSpan? timeLimit = null)
    {
        try
        {
            var written = reference.AsSpan().TrimStart() switch
            {
                ['{', ..] => JsonSerializer.Deserialize<Written>(reference, Options)!,
                ['[', ..] => new Written { Tests = JsonSerializer.Deserialize<WrittenTest[]>(reference, Options) },
                _ => new Written { Asserts = Statements(reference) },
            };
            return ProblemOf(written with { TimeLimit = written.TimeLimit ?? timeLimit?.TotalSeconds });
        }
        catch (JsonException damage)
        {
            throw new CodeProblemFormatException(damage.Message);
        }
    }

    private static CodeProblem ProblemOf(Written written)
    {
        var (inputs, outputs) = (written.Inputs ?? [], written.Outputs ?? []);
        if (inputs.Length != outputs.Length)
            throw new CodeProblemFormatException($"it has {inputs.Length} inputs and {outputs.Length} outputs");

        var isCalled = written.FnName is not null;
        var problem = new CodeProblem
        {
            Language = written.Language,
            Tests = isCalled ? [] : [.. inputs.Zip(outputs, (input, output) => new CodeTest(Text(input), Text(output))), .. (written.Tests ?? []).Select(test => new CodeTest(test.Input, test.Output))],
            Asserts = [.. isCalled ? inputs.Zip(outputs, (input, output) => CallOf(written.FnName!, input, output)) : [], .. written.Asserts ?? written.AssertCase ?? []],
            AssertSetup = isCalled ? $"import json\n{written.Setup}" : written.Setup ?? "",
            Checker = written.Checker,
            Tolerance = written.Tolerance,
            Limits = LimitsOf(written),
        };

        return problem.Tests.Length + problem.Asserts.Length > 0 ? problem : throw new CodeProblemFormatException("it has no test");
    }

    private static SandboxLimits LimitsOf(Written written) => SandboxLimits.Default with
    {
        CpuTime = written.TimeLimit is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0.1, 60)) : SandboxLimits.Default.CpuTime,
        MemoryBytes = written.MemoryLimit is { } mebibytes ? Math.Clamp(mebibytes, 32, 4096) << 20 : SandboxLimits.Default.MemoryBytes,
    };

    /// <summary>JSON is spelled as JSON in the statement too, since Python spells some of it otherwise.</summary>
    private static string CallOf(string function, JsonElement arguments, JsonElement result)
    {
        var unpacked = arguments.ValueKind == JsonValueKind.String ? $"map(json.loads, {Quoted(arguments.GetString()!)}.splitlines())" : $"json.loads({Quoted(arguments.GetRawText())})";
        return $"assert {function}(*{unpacked}) == json.loads({Quoted(result.ValueKind == JsonValueKind.String && arguments.ValueKind == JsonValueKind.String ? result.GetString()! : result.GetRawText())})";
    }

    /// <summary>A JSON string without escapes beyond ASCII is a Python string, too.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static string Text(JsonElement text) => text.ValueKind == JsonValueKind.String
        ? text.GetString()!
        : throw new CodeProblemFormatException($"{text.ValueKind} is no text to read or write, and there is no fn_name");

    /// <returns>A line each where each is a test; all of it as one where they hang together.</returns>
    private static ImmutableArray<string> Statements(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 0 && lines.All(line => line.StartsWith("assert ", StringComparison.Ordinal)) ? [.. lines]
            : text.Contains("assert", StringComparison.Ordinal) ? [text]
            : throw new CodeProblemFormatException("it is neither JSON nor a statement that asserts");
    }

    private sealed record WrittenTest
    {
        [JsonRequired] public string Input { get; init; } = "";

        [JsonRequired] public string Output { get; init; } = "";
    }

    private sealed record Written
    {
        public JsonElement[]? Inputs { get; init; }

        public JsonElement[]? Outputs { get; init; }

        public string? FnName { get; init; }

        public WrittenTest[]? Tests { get; init; }

        public ImmutableArray<string>? Asserts { get; init; }

        public ImmutableArray<string>? AssertCase { get; init; }

        public string? Setup { get; init; }

        public CodeLanguage? Language { get; init; }

        public string? Checker { get; init; }

        public double Tolerance { get; init; }

        public double? TimeLimit { get; init; }

        public long? MemoryLimit { get; init; }
    }
}
