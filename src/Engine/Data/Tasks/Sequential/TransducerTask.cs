using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Sequential;

/// <summary>Runs a machine that reads and writes: <c>machine:a0bx,a1ay,b0az,b1bx:010=</c>, <c>bx,bx,az;xxz</c>.</summary>
/// <remarks>A Mealy machine. A step is the new state and the letter written.</remarks>
internal sealed class TransducerTask : GeneratedTask
{
    public override string Name => "transducer";

    public override TaskFamily Family => TaskFamily.Sequential;

    public override string Description => "Run a machine with states that reads bits and writes letters.";

    public override string DifficultyMeaning => "two bits to read each, and two more; 2 states, and one more every second time";

    public override int MaxDifficulty => 8;

    public override string Alphabet => Symbols.Letters + "01:=,;";

    protected override string Rules =>
        "A question such as machine:a0bx,a1ay,b0az,b1bx:010= gives the rules of a machine, then what it reads. a0bx says: in "
        + "state a, reading 0, go to state b and write x. It begins in state a and reads from left to right. The answer is all "
        + "that it writes, without separators: xxz.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var states = Symbols.Letters[..(2 + difficulty / 2)];
        var rules = (from state in states from bit in "01" select (state, bit, Next: random.Pick(states), Written: random.Pick("xyz"))).ToList();
        var input = string.Concat(Enumerable.Range(0, 2 * difficulty + 2).Select(_ => random.Pick("01")));

        var (steps, current) = (new List<string>(), 'a');
        foreach (var bit in input)
        {
            var rule = rules.Single(rule => (rule.state, rule.bit) == (current, bit));
            steps.Add($"{current = rule.Next}{rule.Written}");
        }

        var answer = string.Concat(steps.Select(step => step[1]));
        var table = string.Join(',', rules.Select(rule => $"{rule.state}{rule.bit}{rule.Next}{rule.Written}"));
        return new Problem($"machine:{table}:{input}=", answer, $"{string.Join(',', steps)};{answer}");
    }
}
