using SeedOrleans.Client.Cluster;

namespace SeedOrleans.Client.Commands;

/// <summary>Finds the one checkpoint that somebody means by its name or the beginning of it.</summary>
internal static class CheckpointLookup
{
    public static async Task<string> FindOneAsync(this IRunCheckpoints checkpoints, string nameOrPrefix, CancellationToken cancellationToken)
    {
        var found = (await checkpoints.ListAsync(cancellationToken))
            .Select(checkpoint => checkpoint.Name)
            .Where(name => name.StartsWith(nameOrPrefix, StringComparison.Ordinal))
            .ToArray();

        return found switch
        {
            [] => throw new CommandFailedException(
                ExitCode.NotFound, $"No checkpoint is called '{nameOrPrefix}'; 'seed checkpoints ls RUN' shows which there are."),
            [var only] => only,
            _ when found.Contains(nameOrPrefix) => nameOrPrefix,
            _ => throw new CommandFailedException(ExitCode.Usage, $"'{nameOrPrefix}' may mean {string.Join(", ", found)}; write more of it."),
        };
    }
}
