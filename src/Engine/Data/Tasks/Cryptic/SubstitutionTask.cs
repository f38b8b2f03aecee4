using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Cryptic;

/// <summary>Undoes an alphabet that begins with a key word: <c>keyword:zebra:bmv=</c>, <c>zebracd…,bc,mo,vw;cow</c>.</summary>
/// <remarks>The first step is the cipher's alphabet, the others are letters and what they stood for.</remarks>
internal sealed class SubstitutionTask : GeneratedTask
{
    public override string Name => "substitution";

    public override TaskFamily Family => TaskFamily.Cryptic;

    public override string Description => "Decipher words written in an alphabet that begins with a key word.";

    public override string DifficultyMeaning => "how many words";

    public override int MaxDifficulty => 6;

    public override string Alphabet => Symbols.Letters + "-:=,;";

    protected override string Rules =>
        "A question such as keyword:zebra:bmv= gives a key and words, joined by hyphens. The cipher's alphabet is the key's "
        + "letters, each only the first time, then all other letters from a to z: zebracdfghijklmnopqstuvwxy. Every letter of "
        + "the words was replaced by the letter at its place in that alphabet: a by z, b by e, c by b. The answer is the words "
        + "as they were: cow.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var plain = Phrase.Draw(random, difficulty);
        var key = random.Pick(Words.All);
        var alphabet = string.Concat((key + Symbols.Letters).Distinct());
        var cipher = Phrase.MapLetters(plain, (letter, _) => alphabet[letter - 'a']);

        return new Problem($"keyword:{key}:{cipher}=", plain, $"{alphabet},{string.Join(',', Phrase.Pairs(cipher, plain))};{plain}");
    }
}
