using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Slides tiles into an order: <c>slide:12/3.&gt;1./32=</c>, <c>1./32;2</c>.</summary>
/// <remarks>Any row of moves that gets there is right; the ground truth is the two boards. The steps are the boards after each move.</remarks>
internal sealed class SlidingPuzzleTask : GeneratedTask
{
    private static readonly (int Height, int Width, int Moves)[] Ladder = [(2, 3, 3), (3, 3, 5), (3, 3, 8), (3, 3, 12), (3, 3, 18), (3, 3, 26)];

    public override string Name => "sliding-puzzle";

    public override TaskFamily Family => TaskFamily.Search;

    public override string Description => "Slide tiles into the gap until they stand as asked.";

    public override string DifficultyMeaning => "2 rows of 3 shuffled by 3 moves, then 3 of 3 by 5, 8, 12, 18, 26";

    public override int MaxDifficulty => Ladder.Length;

    public override string Alphabet => Symbols.Digits + "slide:./>=,;";

    protected override string Rules =>
        "A question such as slide:12/3.>1./32= gives a board of numbered tiles before > and the board to reach behind it; rows "
        + "have slashes between them, and . is the gap. A move slides a tile that is above, below, left or right of the gap "
        + "into it. The answer is the numbers of the tiles in the order in which they move, without separators: 2. Any row of "
        + "at most 200 moves that ends with the second board is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (height, width, moves) = Ladder[difficulty - 1];
        char[] tiles = random.Shuffled($"{SlidingTiles.Gap}{Symbols.Digits[1..(height * width)]}");
        var board = Board.Of(height, width, (row, column) => tiles[row * width + column]);
        var start = board;

        var (answer, boards) = ("", new List<Board>());
        for (var move = 0; move < moves; move++)
        {
            // Moving a tile back would only undo the move before.
            var tile = random.Pick([.. SlidingTiles.Movable(board).Where(tile => answer.Length == 0 || tile != answer[^1])]);
            board = SlidingTiles.Slide(board, tile);
            boards.Add(board);
            answer += tile;
        }

        var puzzle = $"{start}>{board}";
        return new Problem($"slide:{puzzle}=", puzzle, $"{string.Join(',', boards)};{answer}");
    }
}
