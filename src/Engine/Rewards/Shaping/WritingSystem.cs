namespace SeedOrleans.Engine.Rewards.Shaping;

/// <summary>What letters a text is written in, as far as languages are told apart by it.</summary>
internal static class WritingSystem
{
    private static readonly (int Last, char System)[] Blocks =
    [
        (0x024F, 'L'), (0x036F, ' '), (0x03FF, ' '), (0x052F, 'C'), (0x058F, 'M'), (0x05FF, 'H'), (0x06FF, 'A'), (0x08FF, ' '), (0x097F, 'D'), (0x0DFF, 'I'),
        (0x0EFF, 'T'), (0x109F, ' '), (0x10FF, 'G'), (0x11FF, 'K'), (0x1DFF, ' '), (0x1EFF, 'L'), (0x2E7F, ' '), (0x2FDF, 'Z'), (0x30FF, 'J'), (0x312F, 'Z'),
        (0x318F, 'K'), (0x33FF, ' '), (0x9FFF, 'Z'), (0xABFF, ' '), (0xD7FF, 'K'), (0xF8FF, ' '), (0xFAFF, 'Z'),
    ];

    /// <returns>A letter for the system; a space for letters that stand in any text, as Greek ones in mathematics, and for anything that is no letter.</returns>
    public static char Of(char letter)
    {
        if (!char.IsLetter(letter))
            return ' ';

        foreach (var (last, system) in Blocks)
            if (letter <= last)
                return system;

        return ' ';
    }
}
