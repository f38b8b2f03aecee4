using System.CommandLine;
using SeedOrleans.Engine.Metrics;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed plot</c>: curves of finished or running runs as an SVG picture.</summary>
internal static class PlotCommand
{
    private static readonly string[] DefaultMetrics = ["val-core/pass@1", "critic/score/mean"];

    public static Command Create(CommandServices services)
    {
        var runs = new Argument<string[]>("folder")
        {
            Description = "Folders of runs, or their metrics.jsonl.",
            Arity = ArgumentArity.OneOrMore,
        };
        var metrics = new Option<string[]>("--metric")
        {
            Description = "What to draw; repeat it for several panels.",
            DefaultValueFactory = _ => DefaultMetrics,
        };
        var output = new Option<string>("--out") { Description = "The picture's file.", DefaultValueFactory = _ => "plot.svg" };
        var command = new Command("plot", "Draw metrics of runs over steps as SVG.") { runs, metrics, output };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folders = parsed.GetRequiredValue(runs);
            var file = parsed.GetRequiredValue(output);
            try
            {
                var panels = parsed.GetRequiredValue(metrics)
                    .Select(metric => (metric, Lines(folders, metric))).ToArray();
                await File.WriteAllTextAsync(file, MetricsPlot.Draw(panels, [.. folders.Select(Name)]), cancellationToken);
            }
            catch (MetricsFileException unreadable)
            {
                throw new CommandFailedException(ExitCode.NotFound, unreadable.Message);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailedException(ExitCode.Usage, $"{file} cannot be written ({failure.Message}); give another --out.");
            }

            await services.Console.Output.WriteLineAsync(file);
            return ExitCode.Fine;
        });

        return command;
    }

    private static IReadOnlyList<IReadOnlyList<(int Step, double Value)>> Lines(string[] folders, string metric) =>
        [.. folders.Select(folder => MetricsFile.Read(folder, metric))];

    private static string Name(string path) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(
            Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path)) ?? path));
}
