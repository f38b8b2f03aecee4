using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Infers how pictures change from two examples: <c>12/30&gt;21/03,40/05&gt;04/50,67/80&gt;=</c>, <c>76/08</c>.</summary>
/// <remarks>After the manner of Chollet's ARC, arXiv:1911.01547. All changes known here that fit both examples agree on the answer.</remarks>
internal sealed class GridTransformTask : GeneratedTask
{
    public override string Name => "grid-transform";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Infer from two examples how pictures change, and change a third.";

    public override string DifficultyMeaning =>
        "side of the pictures at most, less one; from 3 on pictures may grow as well, from 4 on colours may change too";

    public override int MaxDifficulty => 5;

    public override string Alphabet => Symbols.Digits + "grid:/>=,;";

    protected override string Rules =>
        "A question such as grid:12/30>21/03,40/05>04/50,67/80>= gives pictures, whose rows of colours 0 to 9 have slashes "
        + "between them. Behind the > of the first two stands what they became by one and the same change: they may have been "
        + "mirrored, turned, transposed, moved round by a row or column, or all colours but 0 may have fallen down; then they "
        + "may have been repeated, reflected, enlarged, or framed with colour 5; and in the end each colour may have been "
        + "replaced by another, always the same. The answer is what the third picture becomes by this change, in the same "
        + "form: 76/08.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var known = difficulty >= 3 ? GridTransformation.Composed : GridTransformation.Simple;
        while (true)
        {
            var change = random.Pick(known);
            var colours = difficulty >= 4 ? string.Concat(random.Order(10)) : Symbols.Digits;
            var palette = difficulty >= 4 ? "0" + string.Concat(random.Sample(Symbols.Digits[1..], 3)) : Symbols.Digits;
            Board[] before = [.. Enumerable.Range(0, 3).Select(_ => Draw(random, difficulty + 1, palette))];
            Board[] after = [.. before.Select(board => Paint(change(board), colours))];

            // A picture that stays as it is would reward copying.
            var allChange = before.Zip(after, (from, to) => from.ToString() != to.ToString()).All(changed => changed);
            if (allChange && IsClear(before, after, changesColours: difficulty >= 4))
                return new Problem($"grid:{before[0]}>{after[0]},{before[1]}>{after[1]},{before[2]}>=", $"{after[2]}", $";{after[2]}");
        }
    }

    private static Board Draw(RandomSequence random, int side, string palette)
    {
        int height = random.Next(2, side), width = random.Next(2, side);
        return Board.Of(height, width, (_, _) => random.Next(0, 9) < 3 ? '0' : random.Pick(palette));
    }

    private static Board Paint(Board board, string colours) =>
        Board.Of(board.Height, board.Width, (row, column) => colours[board[row, column] - '0']);

    /// <summary>Whether every known change that fits the two examples gives the answer, and the colours of the answer were seen.</summary>
    private static bool IsClear(Board[] before, Board[] after, bool changesColours)
    {
        foreach (var change in GridTransformation.Composed)
        {
            Board[] moved = [.. before.Select(change)];
            var repaint = new Dictionary<char, char>();
            if (!changesColours)
                repaint = Symbols.Digits.ToDictionary(colour => colour);

            if (!Fits(moved[0], after[0], repaint) || !Fits(moved[1], after[1], repaint))
                continue;

            for (var cell = 0; cell < moved[2].Cells; cell++)
            {
                if (!repaint.ContainsKey(moved[2][cell]))
                    return false;
            }

            if (!Fits(moved[2], after[2], repaint))
                return false;
        }

        return true;
    }

    /// <summary>Whether a picture becomes another by replacing colours, which are noted.</summary>
    private static bool Fits(Board from, Board to, Dictionary<char, char> repaint)
    {
        if ((from.Height, from.Width) != (to.Height, to.Width))
            return false;

        for (var cell = 0; cell < from.Cells; cell++)
        {
            if (repaint.TryAdd(from[cell], to[cell]))
                continue;
            if (repaint[from[cell]] != to[cell])
                return false;
        }

        return true;
    }
}
