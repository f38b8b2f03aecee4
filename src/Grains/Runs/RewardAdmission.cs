using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Data;
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
            if (!ResponseVerifier.Supports(prompt.RewardStyle))
                throw new RunRefusedException(
                    $"Prompt {prompt.Id} asks for reward style \"{prompt.RewardStyle}\", which no verifier of this version judges; "
                    + "use \"rule\", \"code\", or \"task:\" with a name that seed tasks lists.");

            if (prompt.RewardStyle == ResponseVerifier.Code && Language(prompt) != CodeLanguage.JavaScript)
                program ??= prompt;
        }

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
