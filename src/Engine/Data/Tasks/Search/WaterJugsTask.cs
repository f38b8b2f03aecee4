using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Search;

/// <summary>Measures water: <c>jugs:3,5&gt;4=</c>, <c>0.5,3.2,0.2,2.0,2.5,3.4;+b,ba,-a,ba,+b,ba</c>.</summary>
/// <remarks>Many rows of moves are right; the ground truth is the puzzle. The steps are the levels after each move.</remarks>
internal sealed class WaterJugsTask : GeneratedTask
{
    private static readonly (int Jugs, int Largest, int LeastMoves)[] Ladder = [(3, 12, 2), (2, 16, 4), (2, 25, 8), (2, 40, 14)];

    public override string Name => "water-jugs";

    public override TaskFamily Family => TaskFamily.Search;

    public override string Description => "Measure an amount of water with jugs that have no marks.";

    public override string DifficultyMeaning => "3 jugs of at most 12, then 2 of 16, 25, 40; at least 2, 4, 8, 14 moves are needed";

    public override int MaxDifficulty => Ladder.Length;

    public override string Alphabet => Symbols.Digits + "abcjugs:>+-.=,;";

    protected override string Rules =>
        "A question such as jugs:3,5>4= gives how much the jugs a, b, … hold, in this order, and behind > an amount. All jugs "
        + "are empty at first. Moves: +a fills jug a from the tap, -a empties it, ba pours b into a until b is empty or a is "
        + "full. The answer is moves with commas between them, after the last of which some jug holds exactly the amount: "
        + "+b,ba,-a,ba,+b,ba. Any such row of at most 200 moves is right.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (count, largest, leastMoves) = Ladder[difficulty - 1];
        while (true)
        {
            var sizes = random.Sample(Enumerable.Range(2, largest - 1), count);
            var jugs = new WaterJugs([.. sizes], random.Next(1, sizes.Max() - 1));
            if (Solve(jugs) is not { } moves || moves.Count < leastMoves)
                continue;

            List<int[]> levels = [new int[count]];
            foreach (var move in moves)
                levels.Add(jugs.Pour(levels[^1], move));

            var steps = levels.Skip(1).Select(level => string.Join('.', level));
            return new Problem($"jugs:{jugs}=", jugs.ToString(), $"{string.Join(',', steps)};{string.Join(',', moves)}");
        }
    }

    private static List<string>? Solve(WaterJugs jugs)
    {
        string[] moves = [.. jugs.Moves()];
        return ShortestWays.Find(
            (0, 0, 0),
            state => moves.Select(move => (move, Pack(jugs.Pour(Unpack(state), move)))),
            state => jugs.IsMeasured(Unpack(state)));

        int[] Unpack((int A, int B, int C) state) => jugs.Capacities.Length == 2 ? [state.A, state.B] : [state.A, state.B, state.C];

        static (int A, int B, int C) Pack(int[] levels) => (levels[0], levels[1], levels.Length == 2 ? 0 : levels[2]);
    }
}
