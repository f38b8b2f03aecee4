using SeedOrleans.Engine.Data;
using SeedOrleans.Engine.Data.Tasks;

namespace SeedOrleans.Engine.Tests.Data.Tasks;

public sealed class TaskSetTests
{
    [Fact]
    public void No_problem_is_both_trained_on_and_measured()
    {
        foreach (var task in TaskCatalog.All)
        {
            var trained = Questions(task, 2, 40, DataSplit.Training, seed: 1).ToHashSet();
            var measured = Questions(task, 2, 6, DataSplit.Evaluation, seed: 2);

            Assert.DoesNotContain(measured, trained.Contains);
        }
    }

    [Fact]
    public void Problems_for_evaluation_all_differ()
    {
        var questions = Questions(TaskCatalog.Find("addition"), 2, 300, DataSplit.Evaluation, seed: 1);

        Assert.Equal(300, questions.Distinct().Count());
    }

    [Fact]
    public void About_one_problem_in_eight_is_held_out()
    {
        var task = TaskCatalog.Find("addition");
        var heldOut = Enumerable.Range(0, 8000)
            .Count(index => TaskSplit.Of(task.Generate(6, 5, index)) == DataSplit.Evaluation);

        // Binomial(8000, 1/8): mean 1000, deviation 29.6; this seed is fixed.
        Assert.InRange(heldOut, 880, 1120);
    }

    [Fact]
    public void Held_out_answers_are_odd_as_often_as_even()
    {
        var problems = TaskSet.Draw(TaskCatalog.Find("addition"), 4, 1000, DataSplit.Evaluation, seed: 3);

        Assert.InRange(problems.Count(problem => (problem.GroundTruth[^1] - '0') % 2 == 1), 420, 580);
    }

    [Fact]
    public void Another_seed_draws_other_problems() =>
        Assert.NotEqual(
            Questions(TaskCatalog.Find("modular"), 3, 20, DataSplit.Training, seed: 1),
            Questions(TaskCatalog.Find("modular"), 3, 20, DataSplit.Training, seed: 2));

    [Fact]
    public void More_than_there_is_is_refused_with_what_there_is()
    {
        var refusal = Assert.Throws<TaskExhaustedException>(
            () => Questions(TaskCatalog.Find("addition"), 1, 101, DataSplit.Evaluation, seed: 1));

        // Of the 100 sums of two digits, those whose question the split holds out.
        var expected = Enumerable.Range(0, 100).Count(
            sum => TaskSplit.Of(new Problem($"{sum / 10}+{sum % 10}=", "", "")) == DataSplit.Evaluation);
        Assert.Equal(("addition", 1, 101, expected), (refusal.Task, refusal.Difficulty, refusal.Asked, refusal.Reachable));
        Assert.Equal(expected, Questions(TaskCatalog.Find("addition"), 1, expected, DataSplit.Evaluation, seed: 1).Count());
    }

    private static IEnumerable<string> Questions(ITask task, int difficulty, int count, DataSplit split, ulong seed) =>
        TaskSet.Draw(task, difficulty, count, split, seed).Select(problem => problem.Question);
}
