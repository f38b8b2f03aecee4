using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>What all tasks share: the check of the difficulty, and a stream of random numbers for each problem.</summary>
internal abstract class GeneratedTask : ITask
{
    public abstract string Name { get; }

    public abstract TaskFamily Family { get; }

    public virtual string RewardStyle => $"task:{Name}";

    public abstract string Description { get; }

    public string Instructions => $"{Rules} {Convention}";

    public abstract string DifficultyMeaning { get; }

    public abstract int MaxDifficulty { get; }

    public abstract string Alphabet { get; }

    public Problem Generate(int difficulty, ulong seed, int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(difficulty, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(difficulty, MaxDifficulty);
        ArgumentOutOfRangeException.ThrowIfNegative(index);

        return Generate(difficulty, new RandomSequence(seed, (ulong)index));
    }

    /// <summary>How a response is laid out.</summary>
    protected virtual string Convention =>
        "Steps may come first, joined by commas; then a semicolon and the answer: what follows the last semicolon is judged.";

    /// <summary>What a question says, and what an answer must be and look like.</summary>
    protected abstract string Rules { get; }

    protected abstract Problem Generate(int difficulty, RandomSequence random);

    /// <returns>A number of exactly <paramref name="count"/> digits, the most significant first and not 0 unless it is alone.</returns>
    protected static int[] DrawDigits(RandomSequence random, int count)
    {
        var digits = new int[count];
        for (var place = 0; place < count; place++)
            digits[place] = random.Next(place == 0 && count > 1 ? 1 : 0, 9);

        return digits;
    }

    /// <returns>A number of exactly <paramref name="digits"/> digits, 0 included where there is one digit.</returns>
    protected static int DrawNumber(RandomSequence random, int digits) =>
        DrawDigits(random, digits).Aggregate(0, (number, digit) => number * 10 + digit);
}
