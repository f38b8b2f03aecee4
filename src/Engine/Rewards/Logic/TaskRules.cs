using System.Collections.Frozen;
using SeedOrleans.Engine.Data.Tasks;
using SeedOrleans.Engine.Rewards.Logic.Arithmetic;
using SeedOrleans.Engine.Rewards.Logic.Cryptic;
using SeedOrleans.Engine.Rewards.Logic.Graph;
using SeedOrleans.Engine.Rewards.Logic.Grid;
using SeedOrleans.Engine.Rewards.Logic.Logic;
using SeedOrleans.Engine.Rewards.Logic.Search;
using SeedOrleans.Engine.Rewards.Logic.Writing;

namespace SeedOrleans.Engine.Rewards.Logic;

/// <summary>Which rule judges which generated task.</summary>
/// <remarks>Tasks with one right answer compare it as text, unless they are written down here; others check the puzzle's rules.</remarks>
internal static class TaskRules
{
    private static readonly FrozenDictionary<string, Func<string, string, Judgement>> Rules =
        new Dictionary<string, Func<string, string, Judgement>>
        {
            ["addition"] = TaskAnswerRule.JudgeNumber,
            ["multiplication"] = TaskAnswerRule.JudgeNumber,
            ["modular"] = TaskAnswerRule.JudgeNumber,
            ["linear-equation"] = TaskAnswerRule.JudgeNumber,
            ["countdown"] = PuzzleRule.Of(CountdownRule.FindBroken),
            ["make-24"] = PuzzleRule.Of(CountdownRule.FindBrokenOfAll),
            ["missing-operators"] = PuzzleRule.Of(MissingOperatorsRule.FindBroken),
            ["cryptarithm"] = PuzzleRule.Of(CryptarithmRule.FindBroken),
            ["factorization"] = PuzzleRule.Of(FactorizationRule.FindBroken),

            ["anagram"] = PuzzleRule.Of(AnagramRule.FindBroken),

            ["knights-and-knaves"] = PuzzleRule.Of(KnightsRule.FindBroken),
            ["ordering"] = PuzzleRule.Of(ArrangementRule.FindBroken),
            ["zebra"] = PuzzleRule.Of(ArrangementRule.FindBroken),
            ["satisfiability"] = PuzzleRule.Of(SatisfiabilityRule.FindBroken),
            ["mastermind"] = PuzzleRule.Of(MastermindRule.FindBroken),

            ["sudoku"] = PuzzleRule.Of(SudokuRule.FindBroken),
            ["futoshiki"] = PuzzleRule.Of(FutoshikiRule.FindBroken),
            ["skyscrapers"] = PuzzleRule.Of(SkyscrapersRule.FindBroken),
            ["binary-puzzle"] = PuzzleRule.Of(BinaryPuzzleRule.FindBroken),
            ["n-queens"] = PuzzleRule.Of(QueensRule.FindBroken),
            ["kakurasu"] = PuzzleRule.Of(KakurasuRule.FindBroken),
            ["nonogram"] = PuzzleRule.Of(NonogramRule.FindBroken),
            ["minesweeper"] = PuzzleRule.Of(MinesweeperRule.FindBroken),

            ["shortest-path"] = PuzzleRule.Of(ShortestPathRule.FindBroken),
            ["spanning-tree"] = PuzzleRule.Of(SpanningTreeRule.FindBroken),
            ["components"] = PuzzleRule.Of(ComponentsRule.FindBroken),
            ["topological-order"] = PuzzleRule.Of(TopologicalOrderRule.FindBroken),
            ["hamiltonian-path"] = PuzzleRule.Of(HamiltonianPathRule.FindBroken),
            ["graph-coloring"] = PuzzleRule.Of(ColoringRule.FindBroken),
            ["two-coloring"] = PuzzleRule.Of(TwoColoringRule.FindBroken),

            ["maze"] = PuzzleRule.Of(MazeRule.FindBroken),
            ["word-search"] = PuzzleRule.Of(WordSearchRule.FindBroken),
            ["sliding-puzzle"] = PuzzleRule.Of(SlidingPuzzleRule.FindBroken),
            ["lights-out"] = PuzzleRule.Of(LightsOutRule.FindBroken),
            ["water-jugs"] = PuzzleRule.Of(WaterJugsRule.FindBroken),
            ["subset-sum"] = PuzzleRule.Of(SubsetSumRule.FindBroken),
            ["knight-path"] = PuzzleRule.Of(KnightPathRule.FindBroken),

            ["say"] = PuzzleRule.Of(SayRule.FindBroken),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>Null where no task that a rule judges has this name.</returns>
    public static Func<string, string, Judgement>? Find(string task) =>
        Rules.GetValueOrDefault(task) ?? (TaskCatalog.All.Any(known => known.Name == task && known.RewardStyle == $"task:{task}") ? TaskAnswerRule.JudgeText : null);
}
