using System.Collections.Frozen;
using System.Text;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>The visible character that stands for each byte in a byte-level vocabulary: 'Ġ' for a space.</summary>
/// <remarks>Radford et al., GPT-2 (2019), <c>bytes_to_unicode</c>: printable Latin-1 stands for itself, the rest for U+0100 onward.</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = MakeCharacters();

    private static readonly FrozenDictionary<char, byte> Bytes =
        Enumerable.Range(0, 256).ToFrozenDictionary(value => Characters[value], value => (byte)value);

    public static IEnumerable<string> Tokens => Characters.Select(character => character.ToString());

    public static string Spell(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
            text.Append(Characters[value]);

        return text.ToString();
    }

    /// <returns>The bytes that a token spells; its own UTF-8 where it is not made of this alphabet.</returns>
    public static byte[] Read(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!Bytes.TryGetValue(token[i], out bytes[i]))
                return Encoding.UTF8.GetBytes(token);
        }

        return bytes;
    }

    private static char[] MakeCharacters()
    {
        var characters = new char[256];
        var next = '\u0100';
        for (var value = 0; value < 256; value++)
            characters[value] = value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE ? (char)value : next++;

        return characters;
    }
}
