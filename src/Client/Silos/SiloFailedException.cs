namespace SeedOrleans.Client.Silos;

/// <summary>A silo that this command started cannot do its work; the message ends with what it logged last.</summary>
internal sealed class SiloFailedException(string reason, string logTail)
    : Exception(logTail.Length == 0 ? reason : $"{reason}\n{logTail}");
