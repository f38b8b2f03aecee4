using System.CommandLine;
using SeedOrleans.Client.Commands;

namespace SeedOrleans.Client.Planning;

/// <summary><c>seed plan</c>: what can be known about a run before anything starts.</summary>
internal static class PlanCommand
{
    public static Command Create(CommandServices services) => new("plan", "Work out beforehand how a run is laid out.")
    {
        BalanceCommand.Create(services),
    };
}
