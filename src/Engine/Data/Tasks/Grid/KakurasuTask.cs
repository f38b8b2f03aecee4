using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Marks cells whose places add up: <c>kakurasu:3,2,4/4,3,3=</c>, <c>1+2=3,2=2,1+3=4;110/010/101</c>.</summary>
/// <remarks>Several answers may be right; the ground truth is the sums. A step is a row's sum.</remarks>
internal sealed class KakurasuTask : GeneratedTask
{
    public override string Name => "kakurasu";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Mark cells of a square so that the places marked in each line add up to what is said.";

    public override string DifficultyMeaning => "side of the square, less two";

    public override int MaxDifficulty => 5;

    public override string Alphabet => Symbols.Digits + "kakurasu:/+=,;";

    protected override string Rules =>
        "A question such as kakurasu:3,2,4/4,3,3= gives a sum for each row from the top, then, behind the slash, for each "
        + "column from the left. Mark cells of that square so that in every row the numbers of the marked columns (the "
        + "leftmost is 1) add up to the row's sum, and in every column the numbers of the marked rows (the topmost is 1) add "
        + "up to the column's. The answer is the rows with slashes between them, 1 for a marked cell and 0 for any other: "
        + "110/010/101. Any such square is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var side = difficulty + 2;
        var board = Board.Of(side, side, (_, _) => random.Coin() ? '1' : '0');
        var (rows, columns) = KakurasuSums.Of(board);
        var puzzle = $"{string.Join(',', rows)}/{string.Join(',', columns)}";
        var steps = Enumerable.Range(0, side).Select(row =>
            $"{string.Join('+', Enumerable.Range(1, side).Where(place => board[row, place - 1] == '1').DefaultIfEmpty())}={rows[row]}");

        return new Problem($"kakurasu:{puzzle}=", puzzle, $"{string.Join(',', steps)};{board}");
    }
}
