using System.Globalization;

namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <summary>Puzzles that give some cells and ask for the others.</summary>
internal static class Givens
{
    public const char Blank = '.';

    /// <param name="values">Row after row; −1 is blank.</param>
    public static string Text(IReadOnlyList<int> values, int width, string symbols) =>
        Board.Of(values.Count / width, width, (row, column) => Symbol(values[row * width + column], symbols)).ToString();

    /// <returns>A step for each blank, <c>b3=4</c>, in the order in which the solver filled them.</returns>
    public static IEnumerable<string> Steps(ConstraintProblem problem, int[] givens, int width, string symbols) =>
        problem.Solve(givens) is not { } solution
            ? []
            : solution.Order
                .Where(cell => givens[cell] < 0)
                .Select(cell => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{CellName.Of(cell / width, cell % width)}={symbols[solution.Values[cell]]}"));

    private static char Symbol(int value, string symbols) => value < 0 ? Blank : symbols[value];
}
