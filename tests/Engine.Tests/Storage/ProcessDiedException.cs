namespace SeedOrleans.Engine.Tests.Storage;

/// <summary>What a <see cref="FaultyStore"/> throws where a process would be no more. Not an <see cref="IOException"/>: nobody may handle it.</summary>
public sealed class ProcessDiedException() : Exception("The process died here.");
