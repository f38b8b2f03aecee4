using System.Text.RegularExpressions;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

namespace SeedOrleans.Engine.Tests.Rewards.Logic;

/// <summary>What instructions show is true: their question has the answer that they give.</summary>
public sealed partial class TaskInstructionsTests
{
    /// <summary>The answers that instructions give to their first example.</summary>
    public static TheoryData<string, string> Answers => new()
    {
        { "addition", "623" },
        { "multiplication", "2415" },
        { "modular", "1" },
        { "linear-equation", "5" },
        { "countdown", "3*2+7" },
        { "make-24", "(7-4)*8" },
        { "missing-operators", "2+3*4" },
        { "cryptarithm", "95+25>120" },
        { "factorization", "2*2*3*5" },
        { "base-conversion", "102" },
        { "caesar", "cow" },
        { "vigenere", "cow" },
        { "substitution", "cow" },
        { "rail-fence", "gardens" },
        { "run-length", "aaabccbcc" },
        { "anagram", "cow-owl" },
        { "knights-and-knaves", "nk" },
        { "ordering", "bca" },
        { "zebra", "bac/pqr" },
        { "truth-table", "1110" },
        { "satisfiability", "101" },
        { "mastermind", "24" },
        { "sudoku", "1234/3412/2143/4321" },
        { "futoshiki", "123/231/312" },
        { "skyscrapers", "321/213/132" },
        { "binary-puzzle", "1010/0110/1001/0101" },
        { "n-queens", "acegbdf" },
        { "kakurasu", "110/010/101" },
        { "nonogram", "110/010/101" },
        { "minesweeper", "1*1/111" },
        { "game-of-life", "000/111/000" },
        { "grid-transform", "76/08" },
        { "shortest-path", "abc" },
        { "spanning-tree", "ab-bc" },
        { "components", "ab-c-de" },
        { "topological-order", "bca" },
        { "hamiltonian-path", "bacd" },
        { "graph-coloring", "123" },
        { "two-coloring", "abc" },
        { "maze", "rdrd" },
        { "word-search", "b1-b3" },
        { "sliding-puzzle", "2" },
        { "lights-out", "b2" },
        { "water-jugs", "+b,ba,-a,ba,+b,ba" },
        { "subset-sum", "12+7+5" },
        { "knight-path", "a1-b3-c5" },
        { "sequence", "2457" },
        { "word-sort", "cat,cow,dog" },
        { "brackets", ")]" },
        { "stack-machine", "2.7" },
        { "transducer", "xxz" },
        { "swaps", "cdab" },
        { "robot-walk", "2.4n" },
        { "calendar", "2024-03-03" },
        { "equivalence", "no" },
        { "equivalence-at-sight", "no" },
        { "equivalence-new-forms", "no" },
        { "preference", "yes" },
        { "say", "salt crab ship" },
    };

    [Fact]
    public void Every_task_is_here() =>
        Assert.Equal(Rules.Tasks.Select(task => task.Name), Answers.Select(row => row.Data.Item1));

    [Theory]
    [MemberData(nameof(Answers))]
    public void The_first_example_is_answered_in_the_text(string name, string answer)
    {
        var instructions = TaskCatalog.Find(name).Instructions;
        var question = FirstExample().Match(instructions).Groups[1].Value;

        Assert.Contains(answer, instructions[(instructions.IndexOf(question, StringComparison.Ordinal) + question.Length)..]);
        Assert.True(name == "grid-transform" || TaskOracles.IsRight(name, question, answer), question);
    }

    [GeneratedRegex("^A question such as ([^ ]+=) ")]
    private static partial Regex FirstExample();
}
