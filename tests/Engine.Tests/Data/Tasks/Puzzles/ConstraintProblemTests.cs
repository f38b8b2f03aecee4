using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Tests.Data.Tasks.Puzzles;

public sealed class ConstraintProblemTests
{
    private static readonly int[] Nothing = [-1, -1, -1];

    [Fact]
    public void Solutions_obey_what_is_required()
    {
        var problem = new ConstraintProblem(variables: 3, values: 4);
        problem.AllDifferent([0, 1, 2]);
        problem.Require([0, 1, 2], values => values.Contains(-1) || values[0] + values[1] == values[2]);

        for (ulong seed = 0; seed < 20; seed++)
        {
            var values = problem.Solve(Nothing, new RandomSequence(seed, 0))!.Values;
            Assert.Equal(values[2], values[0] + values[1]);
            Assert.Equal(3, values.Distinct().Count());
        }
    }

    [Fact]
    public void One_solution_is_told_from_none_and_several()
    {
        var problem = new ConstraintProblem(variables: 3, values: 3);
        problem.AllDifferent([0, 1, 2]);
        problem.Require([0, 1], values => values.Contains(-1) || values[0] < values[1]);

        Assert.False(problem.HasOneSolution(Nothing));
        Assert.True(problem.HasOneSolution([1, -1, -1]));
        Assert.Equal([1, 2, 0], problem.Solve([1, -1, -1])!.Values);
        Assert.False(problem.HasOneSolution([2, -1, -1]));
        Assert.Null(problem.Solve([2, -1, -1]));
    }

    [Fact]
    public void Solutions_are_those_that_trying_everything_finds()
    {
        var problem = new ConstraintProblem(variables: 3, values: 4);
        problem.Require([0, 1, 2], values => values.Contains(-1) || values[0] * values[1] == values[2] + 2);

        for (var first = 0; first < 4; first++)
        {
            for (var last = 0; last < 4; last++)
            {
                var count = Enumerable.Range(0, 4).Count(middle => first * middle == last + 2);
                Assert.Equal(count == 1, problem.HasOneSolution([first, -1, last]));
                Assert.Equal(count == 0, problem.Solve([first, -1, last]) is null);
            }
        }
    }

    [Fact]
    public void A_search_that_takes_too_long_knows_of_no_single_solution()
    {
        // Nine pigeons, eight holes, and a rule that is only looked at in the end.
        var problem = new ConstraintProblem(variables: 9, values: 8, maxSteps: 100);
        problem.Require([.. Enumerable.Range(0, 9)], values => values.Contains(-1) || values.ToArray().Distinct().Count() == 9);

        Assert.False(problem.HasOneSolution([.. Enumerable.Repeat(-1, 9)]));
        Assert.Null(problem.Solve([.. Enumerable.Repeat(-1, 9)]));
    }

    [Fact]
    public void Cells_are_cleared_as_long_as_one_solution_is_left()
    {
        var problem = LatinSquare.Problem(4);
        var square = LatinSquare.Draw(4, new RandomSequence(1, 0));

        var givens = problem.Clear(square, blanks: 16, new RandomSequence(2, 0));

        Assert.True(problem.HasOneSolution(givens));
        foreach (var cell in Enumerable.Range(0, 16).Where(cell => givens[cell] >= 0))
        {
            Assert.Equal(square[cell], givens[cell]);
            int[] fewer = [.. givens];
            fewer[cell] = -1;
            Assert.False(problem.HasOneSolution(fewer));
        }

        Assert.Equal(5, problem.Clear(square, blanks: 5, new RandomSequence(2, 0)).Count(value => value < 0));
    }
}
