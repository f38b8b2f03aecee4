using System.Collections.Immutable;
using System.Text.Json;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data.Tokenizers;

namespace SeedOrleans.Client.Local;

/// <summary>Shows responses: as text, escaped where a terminal would obey it, or as JSON lines.</summary>
internal sealed class ResponsePrinter(SeedConsole console, ITextTokenizer tokenizer, bool isJson)
{
    public void Print(ImmutableArray<Trajectory> responses)
    {
        foreach (var response in responses)
        {
            var text = tokenizer.Decode(response.ResponseTokens.AsSpan());
            if (isJson)
            {
                console.Output.WriteLine(Line(response, text));
                continue;
            }

            if (responses.Length > 1)
                console.Output.WriteLine($"--- {response.ResponseIndex + 1}/{responses.Length}");

            console.Output.WriteLine(console.IsTerminal ? HostileText.Escaped(text) : text);
        }
    }

    private static string Line(Trajectory response, string text) => RunJson.Write(json =>
    {
        json.WriteNumber("index", response.ResponseIndex);
        json.WriteString("text", text);
        json.WriteString("stop_reason", RunJson.Word(response.StopReason));
        WriteNumbers(json, "prompt_tokens", response.PromptTokens, json.WriteNumberValue);
        WriteNumbers(json, "tokens", response.ResponseTokens, json.WriteNumberValue);
        WriteNumbers(json, "logprobs", response.RolloutLogProbs, json.WriteNumberValue);
    });

    private static void WriteNumbers<T>(Utf8JsonWriter json, string name, ImmutableArray<T> numbers, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            write(number);

        json.WriteEndArray();
    }
}
