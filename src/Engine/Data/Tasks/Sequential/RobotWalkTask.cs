using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;
using static System.FormattableString;

namespace SeedOrleans.Engine.Data.Tasks.Sequential;

/// <summary>Follows a robot's orders: <c>walk:3r2l1=</c>, <c>0.3n,0.3e,2.3e,2.3n,2.4n;2.4n</c>.</summary>
/// <remarks>The steps are where it is after each order.</remarks>
internal sealed class RobotWalkTask : GeneratedTask
{
    private const string Headings = "nesw";

    private static readonly (int East, int North)[] Steps = [(0, 1), (1, 0), (0, -1), (-1, 0)];

    public override string Name => "robot-walk";

    public override TaskFamily Family => TaskFamily.Sequential;

    public override string Description => "Say where a robot is after its orders, and which way it looks.";

    public override string DifficultyMeaning => "two orders each, and two more";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Digits + "walk:nesrb.-=,;";

    protected override string Rules =>
        "A question such as walk:3r2l1= gives orders of single characters to a robot that stands at 0.0 and looks north: a "
        + "digit is how many steps it goes forwards, r turns it right, l left, b back (half round) where it stands. The first "
        + "number grows to the east and falls to the west, the second grows to the north and falls to the south. The answer is "
        + "the two numbers with a point between them, then n, e, s or w for the way it looks in the end: 2.4n.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var (orders, steps) = ("", new List<string>());
        var (east, north, heading) = (0, 0, 0);
        while (orders.Length < 2 * difficulty + 2)
        {
            // Turns and walks take turns, so that none cancels another.
            var order = orders.Length % 2 == 0 ? random.Pick("123456789") : random.Pick("rlrlb");
            orders += order;
            heading = order switch { 'r' => heading + 1, 'l' => heading + 3, 'b' => heading + 2, _ => heading } % Headings.Length;
            if (char.IsAsciiDigit(order))
                (east, north) = (east + (order - '0') * Steps[heading].East, north + (order - '0') * Steps[heading].North);

            steps.Add(Invariant($"{east}.{north}{Headings[heading]}"));
        }

        return new Problem($"walk:{orders}=", steps[^1], $"{string.Join(',', steps)};{steps[^1]}");
    }
}
