using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Grid;

/// <summary>Lets cells live and die: <c>life1:010/010/010=</c>, <c>;000/111/000</c>.</summary>
/// <remarks>The steps are the generations on the way.</remarks>
internal sealed class GameOfLifeTask : GeneratedTask
{
    public override string Name => "game-of-life";

    public override TaskFamily Family => TaskFamily.Grid;

    public override string Description => "Compute later generations of Conway's game of life.";

    public override string DifficultyMeaning => "side of the board, less two; one generation, two from 3 on, three from 5 on";

    public override int MaxDifficulty => 6;

    public override string Alphabet => Symbols.Digits + "life:/=,;";

    protected override string Rules =>
        "A question such as life1:010/010/010= gives how many generations to go and the rows of a board with slashes between "
        + "them; 1 is a living cell, 0 a dead one, and beyond the edge all is dead. From one generation to the next a living "
        + "cell stays alive if 2 or 3 of the eight cells around it live, and a dead cell comes to life if exactly 3 do; all "
        + "others are dead then. The answer is the board after so many generations in the same form: 000/111/000.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (side, generations) = (difficulty + 2, (difficulty + 1) / 2);
        var board = Board.Of(side, side, (_, _) => random.Next(0, 99) < 45 ? '1' : '0');
        var question = $"life{generations}:{board}=";

        List<Board> later = [];
        for (var generation = 0; generation < generations; generation++)
            later.Add(board = Next(board));

        return new Problem(question, board.ToString(), $"{string.Join(',', later.SkipLast(1))};{board}");
    }

    private static Board Next(Board board) => Board.Of(board.Height, board.Width, (row, column) =>
        (board[row, column], board.Around(row, column).Count(cell => board[cell.Row, cell.Column] == '1')) is (_, 3) or ('1', 2) ? '1' : '0');
}
