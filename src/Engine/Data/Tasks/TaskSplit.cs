using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>Keeps every problem on one side, so that nothing measured was ever trained on, whatever the seeds.</summary>
/// <remarks>The question alone decides, by a hash; one problem in eight is held out for evaluation.</remarks>
public static class TaskSplit
{
    private const ulong HeldOutShare = 8;

    public static DataSplit Of(Problem problem)
    {
        // The low bits of FNV-1a follow the parity of digits, hence of answers; another round of random bits hides that.
        var bits = AddressedRandom.Derive(AddressedRandom.Hash(problem.Question), "held out");
        return bits % HeldOutShare == 0 ? DataSplit.Evaluation : DataSplit.Training;
    }
}
