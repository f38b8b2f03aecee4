namespace SeedOrleans.Engine.Models;

/// <summary>Sequences of one length that lie one after another: attention sees them as [sequences, length], without a copy.</summary>
public sealed record SequenceGrid(int Sequences, int Length)
{
    public long Tokens() => (long)Sequences * Length;
}
