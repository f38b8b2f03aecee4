using System.CommandLine;
using System.Diagnostics;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Planning.Balance;

namespace SeedOrleans.Client.Planning;

/// <summary><c>seed plan balance</c>: deals sequences to micro-batches or ranks so that all have as much to do.</summary>
internal static class BalanceCommand
{
    private const int MostParts = 1 << 20;

    public static Command Create(CommandServices services)
    {
        var parts = NumberOptions.Required("--k", "Parts to deal into.", 1, MostParts, "K");
        var file = new Option<string>("--in") { Description = "A JSON array of numbers, or - for standard input.", HelpName = "FILE", Required = true };
        var equal = new Option<bool>("--equal") { Description = "Give parts the same number of items, or one less." };
        var model = new Option<string?>("--model")
        {
            Description = "Take the numbers for lengths in tokens and deal by what they cost this model: 6·h·s + s².",
            HelpName = "FOLDER",
        };
        var command = new Command("balance", "Deal weights into parts of nearly the same load (Karmarkar–Karp).") { parts, file, equal, model };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var numbers = await WeightsFile.ReadAsync(parsed.GetRequiredValue(file), services.Console, cancellationToken);
            var weights = parsed.GetValue(model) is { } folder ? WorkloadsOf(numbers, ModelConfig.Read(folder)) : numbers;
            var start = Stopwatch.GetTimestamp();
            var dealt = KarmarkarKarp.Deal(weights, parsed.GetValue(parts), parsed.GetValue(equal));
            await services.Console.Output.WriteLineAsync(Line(dealt, Stopwatch.GetElapsedTime(start)));
            return ExitCode.Fine;
        });

        return command;
    }

    private static double[] WorkloadsOf(IReadOnlyList<double> lengths, ModelConfig config)
    {
        if (lengths.FirstOrDefault(length => length != Math.Floor(length)) is var length && length != 0)
            throw new CommandFailedException(ExitCode.Usage, $"With --model the numbers are lengths in tokens, and {length} is no whole number.");

        var workload = new SequenceWorkload(config);
        return [.. lengths.Select(tokens => workload.Of((long)tokens))];
    }

    private static string Line(Partitioning dealt, TimeSpan time) => RunJson.Write(json =>
    {
        json.WriteStartArray("partitions");
        foreach (var part in dealt.Parts)
        {
            json.WriteStartArray();
            foreach (var item in part)
                json.WriteNumberValue(item);

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("loads");
        foreach (var load in dealt.Loads)
            json.WriteNumberValue(load);

        json.WriteEndArray();
        json.WriteNumber("spread", dealt.Spread);
        json.WriteNumber("ms", Math.Round(time.TotalMilliseconds, 3));
    });
}
