using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Cryptic;

/// <summary>Reads letters that were written in zigzag: <c>rails2:gresadn=</c>, <c>gres,adn;gardens</c>.</summary>
/// <remarks>The steps are the rails.</remarks>
internal sealed class RailFenceTask : GeneratedTask
{
    public override string Name => "rail-fence";

    public override TaskFamily Family => TaskFamily.Cryptic;

    public override string Description => "Decipher letters that were written in zigzag over several rails.";

    public override string DifficultyMeaning => "how many words; 2 to 4 rails";

    public override int MaxDifficulty => 5;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + ":=,;";

    protected override string Rules =>
        "A question such as rails2:gresadn= gives a number of rails and letters. The text was written in zigzag, one letter on "
        + "each rail from the first down to the last, then up again to the first, and so on (the outermost rails are not "
        + "repeated at a turn); then the rails were read one after another from the first. Here the rails are gres and adn. "
        + "The answer is the text: gardens.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var plain = Phrase.Draw(random, difficulty).Replace("-", "", StringComparison.Ordinal);
        var rails = random.Next(2, Math.Min(4, plain.Length - 1));
        var written = Enumerable.Range(0, rails)
            .Select(rail => string.Concat(plain.Where((_, place) => RailAt(place, rails) == rail)))
            .ToList();

        return new Problem($"rails{rails}:{string.Concat(written)}=", plain, $"{string.Join(',', written)};{plain}");
    }

    private static int RailAt(int place, int rails)
    {
        var round = place % (2 * rails - 2);
        return Math.Min(round, 2 * rails - 2 - round);
    }
}
