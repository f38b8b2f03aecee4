namespace SeedOrleans.Engine.Rollout;

/// <summary>Which joining responses are fed, and which copy their prompt's keys and values from a sibling.</summary>
/// <remarks>
/// A group's responses share one prompt, so it goes through the network once (prefix sharing: Kwon et al., vLLM,
/// arXiv:2309.06180, §4.4). Siblings that join together wait for the one that is fed.
/// </remarks>
/// <param name="Fed">Slots.</param>
/// <param name="Copied">A slot that knows the prompt, or will, and one that needs it.</param>
internal sealed record PrefillPlan(List<int> Fed, List<(int From, int To)> Copied)
{
    /// <param name="active">Index = slot.</param>
    public static PrefillPlan Of(IReadOnlyList<ResponseInProgress> active)
    {
        var plan = new PrefillPlan([], []);
        var holders = Holders(active);
        for (var slot = 0; slot < active.Count; slot++)
        {
            var response = active[slot];
            if (response.KnowsPrompt)
                continue;

            var holder = holders.GetValueOrDefault(response.Request.Prompt.Id, slot);
            if (holder == slot || !response.SharesPromptWith(active[holder]))
            {
                plan.Fed.Add(slot);
                holders.TryAdd(response.Request.Prompt.Id, slot);
            }
            else
            {
                plan.Copied.Add((holder, slot));
            }
        }

        return plan;
    }

    /// <returns>Prompt id → the slot that knows most of it.</returns>
    private static Dictionary<string, int> Holders(IReadOnlyList<ResponseInProgress> active)
    {
        var holders = new Dictionary<string, int>();
        for (var slot = 0; slot < active.Count; slot++)
        {
            var id = active[slot].Request.Prompt.Id;
            var most = holders.TryGetValue(id, out var holder) ? active[holder].Cached : 0;
            if (active[slot].Cached > most)
                holders[id] = slot;
        }

        return holders;
    }
}
