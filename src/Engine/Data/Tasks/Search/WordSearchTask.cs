using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Finds where a word is hidden: <c>find:cow:xcq/toa/rwe=</c>, <c>b1,b2,b3;b1-b3</c>.</summary>
/// <remarks>The word may stand there more than once; the ground truth is the puzzle. A step is a letter's cell.</remarks>
internal sealed class WordSearchTask : GeneratedTask
{
    public override string Name => "word-search";

    public override TaskFamily Family => TaskFamily.Search;

    public override string Description => "Find a word that is hidden along a straight line of a square of letters.";

    public override string DifficultyMeaning => "side of the square, less two";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + ":/-=,;";

    protected override string Rules =>
        "A question such as find:cow:xcq/toa/rwe= gives a word and the rows of a square of letters with slashes between them. "
        + "The word stands there along a straight line, in one of eight directions: across, down or diagonally, forwards or "
        + "backwards. Cells are named by column letter and row number from the top left: b1 is the second cell of the first "
        + "row. The answer is the cells of the word's first and last letter with a hyphen between them: b1-b3.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var side = difficulty + 2;
        var word = random.Pick([.. Words.All.Where(word => word.Length <= side)]);
        var line = Line(random, side, word.Length);
        var letters = random.Coin() ? word : Symbols.Letters;
        var square = Board.Of(side, side, (row, column) =>
            Array.IndexOf(line, (row, column)) is >= 0 and var place ? word[place] : random.Pick(letters));

        string[] cells = [.. line.Select(cell => CellName.Of(cell.Row, cell.Column))];
        var puzzle = $"{word}:{square}";
        return new Problem($"find:{puzzle}=", puzzle, $"{string.Join(',', cells)};{cells[0]}-{cells[^1]}");
    }

    private static (int Row, int Column)[] Line(RandomSequence random, int side, int length)
    {
        var (down, right) = random.Pick<(int, int)>([(0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)]);
        int row = Start(down), column = Start(right);
        return [.. Enumerable.Range(0, length).Select(place => (row + down * place, column + right * place))];

        int Start(int step) => step switch
        {
            0 => random.Next(0, side - 1),
            1 => random.Next(0, side - length),
            _ => random.Next(length - 1, side - 1),
        };
    }
}
