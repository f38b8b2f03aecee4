using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Cryptic;

/// <summary>Undoes shifts by the letters of a key: <c>vigenere:bee:dsa=</c>, <c>dbc,seo,aew;cow</c>.</summary>
/// <remarks>A step is a letter, the key's letter, and what they give.</remarks>
internal sealed class VigenereTask : GeneratedTask
{
    public override string Name => "vigenere";

    public override TaskFamily Family => TaskFamily.Cryptic;

    public override string Description => "Decipher words whose letters were shifted by the letters of a key.";

    public override string DifficultyMeaning => "how many words";

    public override int MaxDifficulty => 6;

    public override string Alphabet => Symbols.Letters + "-:=,;";

    protected override string Rules =>
        "A question such as vigenere:bee:dsa= gives a key and words, joined by hyphens. Each letter of the words was moved "
        + "along the alphabet, round its end, by as many places as the key's letter says (a is 0, b is 1, … z is 25); the key "
        + "is repeated as often as needed, and hyphens use up none of it. The answer is the words as they were: cow.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var plain = Phrase.Draw(random, difficulty);
        var key = random.Pick(Words.All);
        var cipher = Phrase.MapLetters(plain, (letter, place) => Phrase.Shift(letter, key[place % key.Length] - 'a'));
        var steps = Phrase.Pairs(cipher, plain).Select((pair, place) => $"{pair[0]}{key[place % key.Length]}{pair[1]}");

        return new Problem($"vigenere:{key}:{cipher}=", plain, $"{string.Join(',', steps)};{plain}");
    }
}
