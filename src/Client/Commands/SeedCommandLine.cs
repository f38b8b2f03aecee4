using System.CommandLine;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.Silos;
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
        catch (Exception exception) when (CodeOf(exception) is not null)
        {
            await services.Console.Error.WriteLineAsync(exception.Message);
            return CodeOf(exception)!.Value;
        }
    }

    /// <returns>Null for an exception that no user can mend.</returns>
    private static int? CodeOf(Exception exception) => exception switch
    {
        CommandFailedException failed => failed.ExitCode,
        SiloFailedException => ExitCode.RunFailed,
        ClusterUnreachableException => ExitCode.ClusterUnreachable,
        RunRefusedException => ExitCode.Usage,
        _ => null,
    };

    private RootCommand CreateRoot() => new("SeedOrleans: reinforcement learning of reasoning models on virtual actors.")
    {
        RunCommand.Create(services),
        ValidateCommand.Create(services),
        EvalCommand.Create(services),
        SiloCommand.Create(services),
        SubmitCommand.Create(services),
        ListCommand.Create(services),
        ShowCommand.Create(services),
        WatchCommand.Create(services),
        StopCommand.Create(services),
        TasksCommand.Create(services),
        SchemaCommand.Create(services),
    };

    private async Task<int> RefuseAsync(RootCommand root, ParseResult parsed)
    {
        var error = services.Console.Error;
        foreach (var mistake in parsed.Errors)
            await error.WriteLineAsync(mistake.Message);

        var known = root.Subcommands.Select(command => command.Name).ToList();
        if (parsed.UnmatchedTokens is [var word, ..] && parsed.CommandResult.Command == root && Wording.Nearest(word, known) is { } nearest)
            await error.WriteLineAsync($"Did you mean '{nearest}'?");

        await error.WriteLineAsync("'seed --help' lists the commands, 'seed COMMAND --help' what one takes.");
        return ExitCode.Usage;
    }
}
