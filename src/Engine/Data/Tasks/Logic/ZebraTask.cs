using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>Finds who lives where with what: <c>houses:abc/pqr:a=q,b&lt;q,r3=</c>, <c>bp,aq,cr;bac/pqr</c>.</summary>
/// <remarks>The ground truth is the puzzle. A step is a house.</remarks>
internal sealed class ZebraTask : GeneratedTask
{
    private static readonly string[] Kinds = ["abcde", "pqrst", "vwxyz"];

    public override string Name => "zebra";

    public override TaskFamily Family => TaskFamily.Logic;

    public override string Description => "Find which things of several kinds belong to which house of a row, from clues.";

    public override string DifficultyMeaning => "3 houses and 2 kinds, 4 and 2, 3 and 3, 4 and 3, 5 and 3";

    public override int MaxDifficulty => 5;

    public override string Alphabet => "houses" + string.Concat(Kinds) + ArrangementPuzzle.Characters;

    protected override string Rules =>
        "A question such as houses:abc/pqr:a=q,b<q,r3= is about a row of houses, as many as a kind has letters. Kinds of "
        + "things have slashes between them, and each house has exactly one thing of every kind. Clues: a=q says that a and q "
        + "belong to the same house, a<q that a's house is somewhere left of q's, a|q that the two houses stand side by side, "
        + "r3 that r belongs to house 3, counted from the left. The answer is each kind's things in the order of the houses, "
        + "kinds in the question's order with slashes between them, so that all clues hold: bac/pqr.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (places, kinds) = difficulty switch { 1 => (3, 2), 2 => (4, 2), 3 => (3, 3), 4 => (4, 3), _ => (5, 3) };
        var (puzzle, solution) = ArrangementPuzzle.Draw(random, places, [.. Kinds[..kinds]]);
        var houses = Enumerable.Range(0, places).Select(place => string.Concat(solution.Select(order => order[place])));

        return new Problem($"houses:{puzzle}=", puzzle.ToString(), $"{string.Join(',', houses)};{string.Join('/', solution)}");
    }
}
