using System.CommandLine;
using System.CommandLine.Help;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.DataTools;
using SeedOrleans.Client.Local;
using SeedOrleans.Client.Planning;
using SeedOrleans.Client.Silos;
using SeedOrleans.Client.Views;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Tokenizers;
using SeedOrleans.Engine.Models.HuggingFace;
using SeedOrleans.Engine.Specs;
using SeedOrleans.GrainInterfaces.Runs;

namespace SeedOrleans.Client.Commands;

/// <summary>All commands, and what each way of ending means to the shell.</summary>
internal sealed class SeedCommandLine(CommandServices services)
{
    // A file name may begin with '@'; System.CommandLine would read such a file for more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var root = CreateRoot();
        var parsed = root.Parse(arguments, Parsing);
        if (parsed.Errors.Count > 0)
            return await RefuseAsync(root, parsed);

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = services.Console.Output,
                    Error = services.Console.Error,
                    EnableDefaultExceptionHandler = false,
                    // Interruptions come in through our own token.
                    ProcessTerminationTimeout = null,
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception)
        {
            // The outermost boundary: whatever went wrong becomes words and an exit code.
            var code = CodeOf(exception);
            await services.Console.Error.WriteLineAsync(code is null ? $"This is a fault of seed itself: {exception}" : exception.Message);
            return code ?? ExitCode.RunFailed;
        }
    }

    /// <returns>Null for an exception that no user can mend.</returns>
    private static int? CodeOf(Exception exception) => exception switch
    {
        CommandFailedException failed => failed.ExitCode,
        SiloFailedException => ExitCode.RunFailed,
        ClusterUnreachableException => ExitCode.ClusterUnreachable,
        RunRefusedException => ExitCode.Usage,
        ModelFolderException or SafetensorsFormatException => ExitCode.Usage,
        TokenizerFormatException or UnknownCharacterException or ChatTemplateException => ExitCode.Usage,
        _ => null,
    };

    // A RootCommand would be named after the assembly.
    private Command CreateRoot() => new("seed", "SeedOrleans: reinforcement learning of reasoning models on virtual actors.")
    {
        new HelpOption(),
        new VersionOption(),
        RunCommand.Create(services),
        ValidateCommand.Create(services),
        EvalCommand.Create(services),
        PlotCommand.Create(services),
        PlanCommand.Create(services),
        SiloCommand.Create(services),
        ClusterCommand.Create(services),
        SubmitCommand.Create(services),
        ListCommand.Create(services),
        ShowCommand.Create(services),
        WatchCommand.Create(services),
        StopCommand.Create(services),
        ResumeCommand.Create(services),
        ForkCommand.Create(services),
        ReplayCommand.Create(services),
        CheckpointsCommand.Create(services),
        ChaosCommand.Create(services),
        GenerateCommand.Create(services),
        ScoreCommand.Create(services),
        GradeCommand.Create(services),
        DataCommand.Create(services),
        TasksCommand.Create(services),
        SchemaCommand.Create(services),
    };

    private async Task<int> RefuseAsync(Command root, ParseResult parsed)
    {
        var error = services.Console.Error;
        if (parsed.CommandResult.Command == root && parsed.UnmatchedTokens is [var word, ..])
        {
            var nearest = Wording.Nearest(word, root.Subcommands.Select(command => command.Name));
            await error.WriteLineAsync(
                $"'{HostileText.OneLine(word, 100)}' is no command{(nearest is null ? "." : $"; did you mean '{nearest}'?")}");
        }
        else
        {
            foreach (var mistake in parsed.Errors)
                await error.WriteLineAsync(HostileText.OneLine(mistake.Message, 1000));
        }

        await error.WriteLineAsync("'seed --help' lists the commands, 'seed COMMAND --help' what one takes.");
        return ExitCode.Usage;
    }
}
