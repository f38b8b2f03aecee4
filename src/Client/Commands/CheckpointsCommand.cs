using System.CommandLine;
using SeedOrleans.Client.Cluster;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed checkpoints …</c>: looks after a run's checkpoints.</summary>
internal static class CheckpointsCommand
{
    public static Command Create(CommandServices services) => new("checkpoints", "List, check, keep and remove a run's checkpoints.")
    {
        Of(services, "ls", "List the checkpoints, oldest first.", ListAsync),
        OfOne(services, "show", "Print a checkpoint's manifest.", ShowAsync),
        Verify(services),
        OfOne(services, "pin", "Keep a checkpoint whatever the run's retention says.", (job, name, token) => PinAsync(job, name, isPinned: true, token)),
        OfOne(services, "unpin", "Let a checkpoint go when the run's retention says so.", (job, name, token) => PinAsync(job, name, isPinned: false, token)),
        OfOne(services, "rm", "Remove a checkpoint that is neither pinned nor the newest of an unfinished run.", RemoveAsync),
        Of(services, "gc", "Remove files that no checkpoint refers to, and checkpoints beyond the run's retention.", CollectAsync),
    };

    private static Command Of(
        CommandServices services, string word, string description, Func<CheckpointJob, CancellationToken, Task<int>> act)
    {
        var (run, cluster, json) = (CommandParts.RunId(), new ClusterOptions(), CommandParts.Json());
        var command = new Command(word, description) { run, cluster.Address, cluster.Storage, json };
        command.SetAction((parsed, cancellationToken) => ActAsync(services, parsed, run, cluster, json, act, cancellationToken));
        return command;
    }

    private static Command OfOne(
        CommandServices services, string word, string description, Func<CheckpointJob, string, CancellationToken, Task<int>> act)
    {
        var (run, cluster, json) = (CommandParts.RunId(), new ClusterOptions(), CommandParts.Json());
        var name = new Argument<string>("checkpoint") { Description = "Its name, or as much of its beginning as is unique." };
        var command = new Command(word, description) { run, name, cluster.Address, cluster.Storage, json };
        command.SetAction((parsed, cancellationToken) => ActAsync(
            services, parsed, run, cluster, json,
            async (job, token) => await act(job, await job.Checkpoints.FindOneAsync(parsed.GetRequiredValue(name), token), token),
            cancellationToken));
        return command;
    }

    private static Command Verify(CommandServices services)
    {
        var (run, cluster, json) = (CommandParts.RunId(), new ClusterOptions(), CommandParts.Json());
        var name = new Argument<string?>("checkpoint")
        {
            Description = "Its name, or as much of its beginning as is unique; all of them where none is named.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("verify", "Read every byte of a checkpoint, or of all, and compare checksums.") { run, name, cluster.Address, cluster.Storage, json };
        command.SetAction((parsed, cancellationToken) => ActAsync(
            services, parsed, run, cluster, json, (job, token) => VerifyAsync(job, parsed.GetValue(name), token), cancellationToken));
        return command;
    }

    private static async Task<int> ActAsync(
        CommandServices services, ParseResult parsed, Argument<string> run, ClusterOptions cluster, Option<bool> json,
        Func<CheckpointJob, CancellationToken, Task<int>> act, CancellationToken cancellationToken)
    {
        await using var connection = await services.Connector.ConnectAsync(cluster.Read(parsed), cancellationToken);
        var found = await connection.FindOneAsync(parsed.GetRequiredValue(run), cancellationToken);
        return await act(new CheckpointJob(connection.Checkpoints(found.RunId), services.Console.Output, parsed.GetValue(json)), cancellationToken);
    }

    private static async Task<int> ListAsync(CheckpointJob job, CancellationToken cancellationToken)
    {
        var checkpoints = await job.Checkpoints.ListAsync(cancellationToken);
        foreach (var line in job.IsJson ? checkpoints.Select(CheckpointText.Json) : CheckpointText.Table(checkpoints))
            await job.Output.WriteLineAsync(line);

        return ExitCode.Fine;
    }

    private static async Task<int> ShowAsync(CheckpointJob job, string name, CancellationToken cancellationToken)
    {
        var manifest = await job.Checkpoints.ShowAsync(name, cancellationToken);
        await job.Output.WriteLineAsync(job.IsJson ? CheckpointText.OneLine(manifest) : HostileText.Escaped(manifest));
        return ExitCode.Fine;
    }

    private static async Task<int> VerifyAsync(CheckpointJob job, string? beginning, CancellationToken cancellationToken)
    {
        string[] names = beginning is null
            ? [.. (await job.Checkpoints.ListAsync(cancellationToken)).Select(checkpoint => checkpoint.Name)]
            : [await job.Checkpoints.FindOneAsync(beginning, cancellationToken)];

        var code = ExitCode.Fine;
        foreach (var name in names)
        {
            var problems = await job.Checkpoints.VerifyAsync(name, cancellationToken);
            if (!problems.IsEmpty)
                code = ExitCode.RunFailed;

            await job.Output.WriteLineAsync(job.IsJson ? CheckpointText.VerifiedJson(name, problems) : CheckpointText.Verified(name, problems));
        }

        return code;
    }

    private static async Task<int> PinAsync(CheckpointJob job, string name, bool isPinned, CancellationToken cancellationToken)
    {
        await job.Checkpoints.PinAsync(name, isPinned, cancellationToken);
        await job.SayAsync(name, isPinned ? "pinned" : "unpinned");
        return ExitCode.Fine;
    }

    private static async Task<int> RemoveAsync(CheckpointJob job, string name, CancellationToken cancellationToken)
    {
        await job.Checkpoints.RemoveAsync(name, cancellationToken);
        await job.SayAsync(name, "removed");
        return ExitCode.Fine;
    }

    private static async Task<int> CollectAsync(CheckpointJob job, CancellationToken cancellationToken)
    {
        var removed = await job.Checkpoints.CollectGarbageAsync(cancellationToken);
        foreach (var blob in removed)
            await job.Output.WriteLineAsync(job.IsJson ? RunJson.Write(json => json.WriteString("removed", blob)) : $"removed {HostileText.OneLine(blob, 500)}");

        if (removed.IsEmpty && !job.IsJson)
            await job.Output.WriteLineAsync("nothing to remove");

        return ExitCode.Fine;
    }
}

/// <summary>One command on a run's checkpoints, and where its answer goes.</summary>
internal sealed record CheckpointJob(IRunCheckpoints Checkpoints, TextWriter Output, bool IsJson)
{
    public Task SayAsync(string checkpoint, string done) => Output.WriteLineAsync(IsJson
        ? RunJson.Write(json =>
        {
            json.WriteString("event", done);
            json.WriteString("checkpoint", checkpoint);
        })
        : $"{done} {HostileText.OneLine(checkpoint, 100)}");
}
