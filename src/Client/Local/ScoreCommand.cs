using System.CommandLine;
using SeedOrleans.Client.Commands;

namespace SeedOrleans.Client.Local;

/// <summary><c>seed score</c>: next-token log-probs of given token ids, so that anyone can compare with another implementation.</summary>
internal static class ScoreCommand
{
    private const string StandardInput = "-";

    public static Command Create(CommandServices services)
    {
        var (model, dtype) = (LocalParts.Model(), LocalParts.Dtype());
        var file = new Option<string>("--in")
        {
            Description = """JSON lines of {"id","tokens"}; - is standard input.""",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("score", "Print the log-probs that a model gives to token ids.") { model, file, dtype };

        // On this thread from end to end, since libtorch's threads belong to the one that asked for them.
        command.SetAction((parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(file);
            using var stream = name == StandardInput ? services.Console.OpenInput() : Open(name);
            using var opened = LocalModel.Open(parsed.GetRequiredValue(model), LocalParts.TypeOf(parsed.GetRequiredValue(dtype)));

            var lines = new TokenLines(name == StandardInput ? "standard input" : name, opened.Policy.VocabularySize, opened.Policy.Config.MaxPositions);
            new LineScorer(opened.Policy, services.Console.Output).Run(lines.Read(stream), cancellationToken);
            return Task.FromResult(ExitCode.Fine);
        });

        return command;
    }

    private static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file}: cannot be read ({failure.Message.TrimEnd('.')}); name a file of JSON lines, or - for standard input.");
        }
    }
}
