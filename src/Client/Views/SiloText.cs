using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Client.Views;

/// <summary>Silos and their deaths in words. Names come from the network.</summary>
internal static class SiloText
{
    private const int MaxName = 60;

    public static string Name(string silo) => HostileText.OneLine(silo, MaxName);

    public static string State(SiloPresence silo) => !silo.IsAlive ? "dead" : silo.IsDraining ? "draining" : "alive";

    /// <param name="maxLength">In characters.</param>
    public static string Hosts(SiloPresence silo, int maxLength = 200) =>
        silo.Hosts.IsDefaultOrEmpty ? "–" : HostileText.OneLine(string.Join(", ", silo.Hosts), maxLength);

    public static string Recovered(Recovery recovery) =>
        $"{Lost(recovery)}, seen after {Figures.Seconds(recovery.Detected)}, restored after {Figures.Seconds(recovery.Restored)}, "
        + $"going on after {Figures.Seconds(recovery.Resumed)}"
        + recovery.Replayed switch { 0 => "", 1 => ", 1 step computed again", var steps => $", {steps} steps computed again" };

    private static string Lost(Recovery recovery) => recovery.Silo.Length == 0 ? "an actor was lost" : $"{Name(recovery.Silo)} died";
}
