namespace SeedOrleans.Engine.Rewards;

/// <summary>Docks a response that nears its length limit, gently, so that truncation is no surprise.</summary>
/// <remarks>Yu et al., DAPO, arXiv:2503.14476, Eq. 13.</remarks>
/// <param name="MaxTokens">L_max: past this length the penalty is −1.</param>
/// <param name="CacheTokens">L_cache: the penalty grows from 0 to −1 over these last tokens.</param>
public sealed record OverlongPenalty(int MaxTokens, int CacheTokens)
{
    /// <returns>A term to add to the reward, from −1 to 0.</returns>
    public double Of(int responseTokens) => responseTokens switch
    {
        _ when responseTokens <= MaxTokens - CacheTokens => 0,
        _ when responseTokens <= MaxTokens => (double)(MaxTokens - CacheTokens - responseTokens) / CacheTokens,
        _ => -1,
    };
}
