using System.Text.Json;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Planning;

/// <summary>A JSON array of numbers that are finite and not negative.</summary>
internal static class WeightsFile
{
    /// <param name="file"><c>-</c> is standard input.</param>
    /// <exception cref="CommandFailedException">It cannot be read, or holds something else.</exception>
    public static async Task<IReadOnlyList<double>> ReadAsync(string file, SeedConsole console, CancellationToken cancellationToken)
    {
        var name = file == "-" ? "Standard input" : HostileText.OneLine(file, 200);
        JsonDocument document;
        try
        {
            await using var input = file == "-" ? console.OpenInput() : File.OpenRead(file);
            document = await JsonDocument.ParseAsync(input, default, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Refused($"{name} cannot be read: {unreadable.Message}");
        }
        catch (JsonException broken)
        {
            throw Refused($"{name} is no JSON: {broken.Message}");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                throw Refused($"{name} holds no JSON array; write numbers as [3, 1.5, 2].");

            var weights = new List<double>(document.RootElement.GetArrayLength());
            foreach (var element in document.RootElement.EnumerateArray())
                weights.Add(element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var weight) && weight >= 0 && double.IsFinite(weight)
                    ? weight
                    : throw Refused($"{name} has {HostileText.OneLine(element.GetRawText(), 40)} in place {weights.Count}, where a number from 0 on must be."));

            return double.IsFinite(weights.Sum()) ? weights : throw Refused($"{name} holds weights that are too large to be added up.");
        }
    }

    private static CommandFailedException Refused(string why) => new(ExitCode.Usage, why);
}
