using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Tests.Rewards.Logic;

namespace SeedOrleans.Engine.Tests.Data.Tasks;

/// <summary>Puzzles that are to be solved by deduction admit one answer: all there can be are tried.</summary>
public sealed class OneAnswerTests
{
    private const char Blank = '.';

    [Theory]
    [InlineData("sudoku", "1234", 3)]
    [InlineData("futoshiki", "123", 2)]
    [InlineData("binary-puzzle", "01", 20)]
    [InlineData("minesweeper", "*-", 20)]
    [InlineData("knights-and-knaves", "kn", 40)]
    [InlineData("mastermind", "123", 40)]
    [InlineData("ordering", "abcd", 20)]
    [InlineData("zebra", "abcpqr", 1)]
    public void No_other_answer_is_right(string name, string symbols, int problems)
    {
        for (var index = 0; index < problems; index++)
        {
            var problem = TaskCatalog.Find(name).Generate(1, seed: 6, index);
            var right = Fillings(Form(name, problem), symbols).Where(answer => Rules.Grade(name, problem.GroundTruth, answer).Correct);

            Assert.Equal([problem.Answer()], right);
        }
    }

    /// <returns>What is known of an answer, with a point for each character that is not.</returns>
    private static string Form(string name, Problem problem) => name switch
    {
        "sudoku" or "binary-puzzle" => problem.GroundTruth,
        "futoshiki" => problem.GroundTruth.Split(':')[0],
        "minesweeper" => problem.GroundTruth.Replace('?', Blank),
        _ => string.Concat(problem.Answer().Select(symbol => symbol == '/' ? symbol : Blank)),
    };

    private static IEnumerable<string> Fillings(string form, string symbols)
    {
        var place = form.IndexOf(Blank);
        return place < 0 ? [form] : symbols.SelectMany(symbol => Fillings($"{form[..place]}{symbol}{form[(place + 1)..]}", symbols));
    }
}
