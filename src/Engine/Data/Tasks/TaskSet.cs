using System.Collections.Immutable;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>Draws the problems of a training or an evaluation set.</summary>
public static class TaskSet
{
    /// <summary>So many draws in a row without a new problem mean that there are no more, or too few to wait for.</summary>
    private const int PatienceDraws = 50_000;

    /// <summary>Problems of one side of the split. Those for evaluation all differ; those for training may repeat.</summary>
    /// <exception cref="TaskExhaustedException">There are not enough problems of this difficulty.</exception>
    public static ImmutableArray<Problem> Draw(ITask task, int difficulty, int count, DataSplit split, ulong seed)
    {
        var splitSeed = AddressedRandom.Derive(AddressedRandom.Derive(seed, $"{task.Name}-{difficulty}"), split.ToString());
        var problems = ImmutableArray.CreateBuilder<Problem>(count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var fruitless = 0;

        for (var index = 0; problems.Count < count; index++)
        {
            var problem = task.Generate(difficulty, splitSeed, index);
            if (TaskSplit.Of(problem) == split && (seen.Add(problem.Question) || split == DataSplit.Training))
            {
                problems.Add(problem);
                fruitless = 0;
            }
            else if (++fruitless == PatienceDraws)
            {
                throw new TaskExhaustedException(task.Name, difficulty, split, count, problems.Count);
            }
        }

        return problems.DrainToImmutable();
    }
}
