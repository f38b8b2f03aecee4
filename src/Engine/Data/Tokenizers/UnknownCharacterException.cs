using System.Text;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>A text holds a character that the vocabulary cannot spell.</summary>
public sealed class UnknownCharacterException(Rune character, int position)
    : Exception(
        $"The vocabulary has no token for the character '{character}' (U+{character.Value:X4}) at position {position}; "
        + "make the tokenizer from an alphabet that has it, or take the character out of the text.")
{
    public Rune Character { get; } = character;

    /// <summary>Counted in UTF-16 units from the start of the text.</summary>
    public int Position { get; } = position;
}
