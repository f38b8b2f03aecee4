using System.CommandLine;
using SeedOrleans.Client.Commands;
using SeedOrleans.Engine.Models;

namespace SeedOrleans.Client.Local;

/// <summary><c>seed score</c>: next-token log-probs of given token ids, so that anyone can compare with another implementation.</summary>
internal static class ScoreCommand
{
    public static Command Create(CommandServices services)
    {
        var (model, dtype) = (LocalParts.Model(), LocalParts.Dtype());
        var file = LocalParts.Lines("""{"id","tokens"}""");
        var command = new Command("score", "Print the log-probs that a model gives to token ids.") { model, file, dtype };

        // On this thread from end to end, since libtorch's threads belong to the one that asked for them.
        command.SetAction((parsed, cancellationToken) =>
        {
            var lines = new JsonLines(parsed.GetRequiredValue(file), TokenLines.Example);
            using var stream = lines.Open(services.Console);
            using var opened = LocalModel.Open(parsed.GetRequiredValue(model), ModelConfig.TypeOf(parsed.GetValue(dtype)));

            var sequences = new TokenLines(lines, opened.Policy.VocabularySize, opened.Policy.Config.MaxPositions);
            new LineScorer(opened.Policy, services.Console.Output).Run(sequences.Read(stream), cancellationToken);
            return Task.FromResult(ExitCode.Fine);
        });

        return command;
    }
}
