namespace SeedOrleans.Engine.Metrics;

/// <summary>A metrics file that is missing or is none; the message says what to give instead.</summary>
public sealed class MetricsFileException(string message) : Exception(message);
