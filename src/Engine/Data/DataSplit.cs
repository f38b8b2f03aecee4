namespace SeedOrleans.Engine.Data;

/// <summary>What problems are for. No generated problem is for both.</summary>
public enum DataSplit
{
    Training,
    Evaluation,
}
