namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>A source of a mixture; a ladder where it has several difficulties.</summary>
/// <param name="Domain">Its domain's place in the mixture.</param>
/// <param name="Share">Of its domain's prompts; those of a domain's sources sum to 1.</param>
/// <param name="FirstPool">Where among <see cref="PromptSet.Pools"/> the prompts of the easiest difficulty are; the others' follow.</param>
public sealed record MixtureSource(string Name, int Domain, double Share, int FirstPool, int Easiest, int Hardest)
{
    public bool IsLadder() => Hardest > Easiest;
}
