using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Rewards;
using SeedOrleans.Engine.Rewards.Code;
using SeedOrleans.GrainInterfaces.Runs;
using SeedOrleans.Grains.Placement;

namespace SeedOrleans.Grains.Runs;

/// <summary>Whether responses to all of a run's prompts can be judged here, before any is sampled.</summary>
internal static class RewardAdmission
{
    /// <exception cref="RunRefusedException">Says which prompt cannot be judged, and what to do.</exception>
    public static void Check(RunData data, ISiloRoster roster)
    {
        Prompt? program = null;
        foreach (var prompt in data.Training.Prompts.Concat(data.Evaluation.Prompts))
        {
            if (ResponseVerifier.FindMissing(prompt.RewardStyle, data.Rewards) is { } missing)
                throw new RunRefusedException($"The reward style \"{prompt.RewardStyle}\" of prompt {prompt.Id} {missing}.");

            if (prompt.RewardStyle == ResponseVerifier.Code && Language(prompt) != CodeLanguage.JavaScript)
                program ??= prompt;
        }

        foreach (var judge in (JudgeSpec?[])[data.Rewards.Judge, data.Rewards.RewardModel])
            if (judge?.Path is { } folder)
                PolicyFolder.Check(folder);

        if (program is not null && !roster.Living.Any(silo => silo.CanIsolate))
            throw new RunRefusedException(
                $"Responses to prompt {program.Id} are programs, and no silo can hold programs that are not trusted. Install bubblewrap "
                + "(Debian: apt-get install bubblewrap) where a silo runs, allow user namespaces there, and start the silo again.");
    }

    /// <returns>Null where the response says it.</returns>
    private static CodeLanguage? Language(Prompt prompt)
    {
        try
        {
            return CodeProblemReader.Read(prompt.GroundTruth).Language;
        }
        catch (CodeProblemFormatException unreadable)
        {
            throw new RunRefusedException($"The tests of prompt {prompt.Id} cannot be read: {unreadable.Message}");
        }
    }
}
