namespace SeedOrleans.Client.Chaos;

/// <summary>One blow against one silo.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Delay">From when the run goes on after the blow before.</param>
/// <param name="Stopped">How long the process is frozen and then let go on (SIGSTOP, SIGCONT); null kills it (SIGKILL).</param>
internal sealed record ChaosStrike(int Number, string Silo, TimeSpan Delay, TimeSpan? Stopped);
