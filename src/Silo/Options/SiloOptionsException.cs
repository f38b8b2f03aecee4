namespace SeedOrleans.Silo.Options;

/// <summary>A silo was told something that it cannot do; the message says what to tell it instead.</summary>
internal sealed class SiloOptionsException(string message) : Exception(message);
