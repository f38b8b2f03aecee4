using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Finds a way through a maze: <c>maze:s.#/#../#.e=</c>, <c>r1,d2,r1;rddr</c>.</summary>
/// <remarks>The ground truth is the puzzle, <c>maze:…</c> or <c>shortest:…</c>. A step is a straight stretch of the way.</remarks>
internal sealed class MazeTask : GeneratedTask
{
    public override string Name => "maze";

    public override TaskFamily Family => TaskFamily.Search;

    public override string Description => "Find a way through a maze, from 4 on a shortest one.";

    public override string DifficultyMeaning => "rooms on a side, less two; from 4 on there are several ways and the shortest is asked for";

    public override int MaxDifficulty => 6;

    public override string Alphabet => "mazeshortest:#.sudlr/=,;" + Symbols.Digits;

    protected override string Rules =>
        "A question such as maze:s.#/#../#.e= gives the rows of a maze from the top, with slashes between them: # is a wall, . "
        + "is free, s is the start and e the end. The answer is a row of moves from s to e, each to the next cell: u up, d "
        + "down, l left, r right, without separators: rdrd. Moves must neither leave the maze nor enter a wall, and the last "
        + "one must end on e. If the question begins with maze, any such way is right; if it begins with shortest, any that "
        + "has as few moves as can be.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var isShortest = difficulty >= 4;
        var maze = MazeMap.Draw(random, rooms: difficulty + 2, loops: isShortest ? difficulty : 0);
        var answer = MazeMap.ShortestWay(maze)!;

        var puzzle = $"{(isShortest ? "shortest" : "maze")}:{maze}";
        return new Problem($"{puzzle}=", puzzle, $"{string.Join(',', Stretches(answer))};{answer}");
    }

    private static IEnumerable<string> Stretches(string moves)
    {
        for (var (start, end) = (0, 1); start < moves.Length; start = end++)
        {
            while (end < moves.Length && moves[end] == moves[start])
                end++;

            yield return $"{moves[start]}{end - start}";
        }
    }
}
