using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Grains.Runs;

namespace SeedOrleans.Grains.Training;

/// <summary>Says which rank failed where the failure does not.</summary>
internal static class RankFaults
{
    /// <exception cref="PeerFailedException">What the rank failed with, as its peers call it.</exception>
    public static async Task<T> NameAsync<T>(int rank, Task<T> answer)
    {
        try
        {
            // There may be a thousand of these at once, and none of them needs its caller's turn.
            return await answer.ConfigureAwait(false);
        }
        catch (Exception fault) when (!TellsWhere(fault))
        {
            throw new PeerFailedException(rank, fault);
        }
    }

    /// <summary>A lost actor and a failed peer are named already, and of a store or a cancellation it does not matter which rank met it.</summary>
    private static bool TellsWhere(Exception fault) =>
        fault is PeerFailedException or IOException or OperationCanceledException || LossOfActors.Is(fault);
}
