using Microsoft.Extensions.AI;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Rewards.Judges.Endpoints;

namespace SeedOrleans.Engine.Rollout;

/// <summary>Makes the chat client of a judge: at its endpoint, or in this process.</summary>
public static class JudgeModel
{
    /// <param name="spec">Checked.</param>
    /// <param name="threads">Cores for a judge in this process.</param>
    /// <exception cref="ApiKeyMissingException">The environment lacks the endpoint's key.</exception>
    /// <exception cref="Models.HuggingFace.ModelFolderException">The path is no policy.</exception>
    public static IChatClient Open(JudgeSpec spec, TimeProvider time, int threads = 1) => spec.Path is not { } folder
        ? EndpointJudge.Create(spec, time)
        : PolicyChatClient.Open(folder, new PolicyChatOptions
        {
            Template = spec.Prompt == JudgePrompt.Compact ? PromptTemplate.Plain : PromptTemplate.Chatml,
            Slots = spec.Parallel,
            Seed = spec.Seed,
            Threads = threads,
        });
}
