using SeedOrleans.Client.Cluster;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Commands;

/// <summary>Finds the one run that somebody means by its id or the beginning of it.</summary>
internal static class RunLookup
{
    public static async Task<RunSummary> FindOneAsync(this IRunConnection connection, string idOrPrefix, CancellationToken cancellationToken)
    {
        var found = await connection.FindAsync(idOrPrefix, cancellationToken);

        return found switch
        {
            [] => throw new CommandFailedException(ExitCode.NotFound, $"No run is called '{idOrPrefix}'; 'seed list' shows which there are."),
            [var only] => only,
            _ when found.FirstOrDefault(run => run.RunId == idOrPrefix) is { } exact => exact,
            _ => throw new CommandFailedException(ExitCode.Usage,
                $"'{idOrPrefix}' may mean {string.Join(", ", found.Select(run => run.RunId))}; write more of it."),
        };
    }
}
