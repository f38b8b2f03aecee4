using System.Collections.Immutable;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>
/// Things of one or several kinds, one of each kind at every place of a row, and clues about them: <c>abc/pqr:a=q,b&lt;q,r3</c>.
/// </summary>
internal sealed record ArrangementPuzzle(ImmutableArray<string> Kinds, ImmutableArray<ArrangementClue> Clues)
{
    public const string Characters = "/:=<|,;" + Symbols.Digits;

    public int Places => Kinds[0].Length;

    /// <exception cref="FormatException">The text is no such puzzle.</exception>
    public static ArrangementPuzzle Parse(string text)
    {
        if (text.Split(':') is not [var kinds, var clues])
            throw new FormatException("Things and clues have one ':' between them.");

        var puzzle = new ArrangementPuzzle([.. kinds.Split('/')], [.. clues.Split(',').Select(ArrangementClue.Parse)]);
        var things = string.Concat(puzzle.Kinds);
        var isSound = puzzle.Kinds.All(kind => kind.Length == puzzle.Places && kind.Length > 0)
            && things.Distinct().Count() == things.Length
            && puzzle.Clues.All(clue => things.Contains(clue.First) && (clue.Second is not { } second || things.Contains(second)));
        return isSound ? puzzle : throw new FormatException("Kinds have as many things, all different, and clues are about these.");
    }

    /// <summary>Draws orders, and clues about them that admit no others; none of the clues could be left out.</summary>
    /// <returns>The puzzle, and each kind's things in their order.</returns>
    public static (ArrangementPuzzle Puzzle, string[] Solution) Draw(RandomSequence random, int places, params ImmutableArray<string> kinds)
    {
        kinds = [.. kinds.Select(kind => kind[..places])];
        string[] solution = [.. kinds.Select(kind => string.Concat(random.Shuffled(kind)))];
        var clues = random.Shuffled(TrueClues(kinds, solution)).ToList();
        clues.Insert(0, PlaceClue(random, solution));

        var count = Math.Min(40, clues.Count);
        while (!With(clues[..count]).HasOneSolution())
            count = Math.Min(count * 2, clues.Count);

        var needed = clues[..count];
        for (var i = needed.Count - 1; i >= 0; i--)
        {
            var clue = needed[i];
            needed.RemoveAt(i);
            if (!With(needed).HasOneSolution())
                needed.Insert(i, clue);
        }

        return (With(random.Shuffled(needed)), solution);

        ArrangementPuzzle With(IEnumerable<ArrangementClue> some) => new(kinds, [.. some]);
    }

    public override string ToString() => $"{string.Join('/', Kinds)}:{string.Join(',', Clues)}";

    private static ArrangementClue PlaceClue(RandomSequence random, string[] solution)
    {
        var order = random.Pick(solution);
        var place = random.Next(0, order.Length - 1);
        return new ArrangementClue(order[place], (char)('1' + place), null);
    }

    private static IEnumerable<ArrangementClue> TrueClues(ImmutableArray<string> kinds, string[] solution)
    {
        var places = solution.SelectMany(order => order.Select((thing, place) => (thing, place))).ToDictionary();
        var things = string.Concat(kinds);
        return from first in things
               from second in things
               where first != second
               from kind in "=<|"
               where kind == '<' || first < second
               let clue = new ArrangementClue(first, kind, second)
               where clue.Holds(places[first], places[second])
               select clue;
    }

    private bool HasOneSolution()
    {
        var things = string.Concat(Kinds);
        var problem = new ConstraintProblem(things.Length, Places);
        for (var kind = 0; kind < Kinds.Length; kind++)
            problem.AllDifferent(BoardLines.Row(kind, Places));

        foreach (var clue in Clues)
        {
            int[] scope = clue.Second is { } second ? [things.IndexOf(clue.First), things.IndexOf(second)] : [things.IndexOf(clue.First)];
            problem.Require(scope, values => values.Contains(-1) || clue.Holds(values[0], values[^1]));
        }

        return problem.HasOneSolution([.. Enumerable.Repeat(-1, things.Length)]);
    }
}
