using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Cryptic;

/// <summary>Undoes a shift of the alphabet: <c>caesar3:frz=</c>, <c>fc,ro,zw;cow</c>.</summary>
internal sealed class CaesarTask : GeneratedTask
{
    public override string Name => "caesar";

    public override TaskFamily Family => TaskFamily.Cryptic;

    public override string Description => "Decipher words whose letters were shifted along the alphabet.";

    public override string DifficultyMeaning => "how many words";

    public override int MaxDifficulty => 6;

    public override string Alphabet => Symbols.Letters + Symbols.Digits + "-:=,;";

    protected override string Rules =>
        "A question such as caesar3:frz= gives words, joined by hyphens, in which every letter was replaced by the one so many "
        + "places further in the alphabet, round its end (after z comes a); the number is how many places. The answer is the "
        + "words as they were: cow.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var plain = Phrase.Draw(random, difficulty);
        var places = random.Next(1, 25);
        var cipher = Phrase.MapLetters(plain, (letter, _) => Phrase.Shift(letter, places));

        return new Problem($"caesar{places}:{cipher}=", plain, $"{string.Join(',', Phrase.Pairs(cipher, plain))};{plain}");
    }
}
