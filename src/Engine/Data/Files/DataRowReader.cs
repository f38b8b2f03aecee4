using System.Collections.Immutable;
using System.Text.Json;

namespace SeedOrleans.Engine.Data.Files;

/// <summary>Reads verl's columns, or question and answer, out of one row.</summary>
internal static class DataRowReader
{
    public static DataLine Read(int number, JsonElement columns)
    {
        try
        {
            var line = ReadLine(number, columns);
            line.FindId();
            return line;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is valid JSON and no text.
            return new DataLine(number, columns, null, DataFault.Unreadable, $"row {number} has half a character in it");
        }
    }

    private static DataLine ReadLine(int number, JsonElement columns)
    {
        var messages = ReadMessages(columns);
        if (messages.IsEmpty)
            return new DataLine(number, columns, null, DataFault.NoPrompt, $"row {number} has no prompt (\"prompt\", or \"question\")");

        var reward = Find(columns, "reward_model");
        var truth = ReadText(reward is { ValueKind: JsonValueKind.Object } ? Find(reward.Value, "ground_truth") : null)
            ?? ReadText(Find(columns, "answer"));
        if (truth is null)
            return new DataLine(
                number, columns, null, DataFault.NoAnswer, $"row {number} has no answer (\"reward_model\": {{\"ground_truth\"}}, or \"answer\")");

        var row = new DataRow(
            number,
            messages,
            truth,
            ReadText(Find(columns, "solution")),
            ReadText(Find(columns, "data_source")),
            ReadText(reward is { ValueKind: JsonValueKind.Object } ? Find(reward.Value, "style") : null) ?? "rule");
        return new DataLine(number, columns, row, DataFault.None, "");
    }

    private static ImmutableArray<ChatMessage> ReadMessages(JsonElement columns)
    {
        var prompt = Find(columns, "prompt") ?? Find(columns, "question");
        if (prompt is not { ValueKind: JsonValueKind.Array } list)
            return prompt is { ValueKind: JsonValueKind.String } && ReadText(prompt) is { Length: > 0 } text ? [new("user", text)] : [];

        var messages = ImmutableArray.CreateBuilder<ChatMessage>();
        foreach (var message in list.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object
                || ReadText(Find(message, "content")) is not { Length: > 0 } content
                || ReadText(Find(message, "role")) is not { Length: > 0 } role)
            {
                return [];
            }

            messages.Add(new ChatMessage(role, content));
        }

        return messages.DrainToImmutable();
    }

    /// <returns>Null where the column is missing, null, or blank.</returns>
    private static string? ReadText(JsonElement? value)
    {
        var text = value switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } => value.Value.GetString(),
            _ => value.Value.GetRawText(),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static JsonElement? Find(JsonElement row, string column) =>
        row.TryGetProperty(column, out var value) ? value : null;
}
