namespace SeedOrleans.Engine.Data.Mixtures;

/// <summary>A group that a step passed, whether it was trained on or refused.</summary>
/// <param name="PassRate">Share of its responses that were right.</param>
public readonly record struct GroupOutcome(MixtureDraw Draw, double PassRate)
{
    /// <summary>Neither all right nor all wrong, so that its responses can be told apart.</summary>
    public bool IsInformative() => PassRate is > 0 and < 1;
}
