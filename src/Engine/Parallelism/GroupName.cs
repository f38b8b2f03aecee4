namespace SeedOrleans.Engine.Parallelism;

/// <summary>Names one incarnation of a group of ranks. Members of different epochs never meet.</summary>
/// <param name="Group">The same for every incarnation: a run, or a part of its mesh.</param>
/// <param name="Epoch">Grows with every incarnation.</param>
public sealed record GroupName(string Group, long Epoch)
{
    public override string ToString() => $"{Group}@{Epoch}";
}
