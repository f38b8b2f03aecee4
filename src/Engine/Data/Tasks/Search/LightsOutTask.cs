using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Presses lights until all are out: <c>lights:010/111/010=</c>, <c>000/000/000;b2</c>.</summary>
/// <remarks>Several sets of presses may be right; the ground truth is the board. The steps are the boards after each press.</remarks>
internal sealed class LightsOutTask : GeneratedTask
{
    private static readonly (int Height, int Width)[] Ladder = [(3, 4), (4, 4), (4, 5), (5, 5)];

    public override string Name => "lights-out";

    public override TaskFamily Family => TaskFamily.Search;

    public override string Description => "Press lights, each of which switches its neighbours too, until all are out.";

    public override string DifficultyMeaning =>
        "3 rows of 4 lights, 4 of 4, 4 of 5, 5 of 5; as many presses as columns, plus one, at most";

    public override int MaxDifficulty => Ladder.Length;

    public override string Alphabet => Symbols.Digits + "abcde" + "lights:-/=,;";

    protected override string Rules =>
        "A question such as lights:010/111/010= gives the rows of a board of lights with slashes between them; 1 is on, 0 is "
        + "off. Pressing a light switches it and those directly above, below, left and right of it. The answer is the lights "
        + "to press so that all are off in the end, each at most once, joined by hyphens, in any order; a light is named by "
        + "column letter and row number from the top left: b2. Any such set is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (height, width) = Ladder[difficulty - 1];
        var pressed = random.Sample(Enumerable.Range(0, height * width), random.Next(1, width + 1));
        var dark = Board.Of(height, width, (_, _) => '0');
        var board = pressed.Aggregate(dark, Lights.Press);

        List<Board> boards = [];
        foreach (var cell in pressed)
            boards.Add(Lights.Press(boards.Count == 0 ? board : boards[^1], cell));

        var answer = string.Join('-', pressed.Select(cell => CellName.Of(cell / width, cell % width)));
        return new Problem($"lights:{board}=", board.ToString(), $"{string.Join(',', boards)};{answer}");
    }
}
