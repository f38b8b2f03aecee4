namespace SeedOrleans.Engine.Rewards.Mathematics.Notation;

/// <summary>Finds where braces close; escaped ones do not count.</summary>
internal static class BraceScan
{
    /// <param name="open">The place of an opening brace.</param>
    /// <returns>The place of its closing brace; −1 where it never closes.</returns>
    public static int Close(ReadOnlySpan<char> text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return i;
            }
        }

        return -1;
    }
}
