using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Storage;

/// <summary>Names that mean the same in every store: segments of letters, digits and ".-_=@", joined by slashes.</summary>
public static partial class BlobName
{
    private const int MaxLength = 800;

    /// <exception cref="ArgumentException">The name leaves its store, is empty, too long, or uses a character outside the set.</exception>
    public static void Check(string name)
    {
        if (!IsAllowed(name))
            throw new ArgumentException(
                $"'{name}' is no name for a blob: at most {MaxLength} characters, segments of letters, digits and '.-_=@' that do not begin with a dot, joined by '/'.",
                nameof(name));
    }

    public static bool IsAllowed(string name) => name.Length <= MaxLength && Allowed().IsMatch(name);

    /// <summary>Turns any text into one segment, different texts into different segments: what is not a letter, digit or one of "._@-" becomes its bytes, "=3a".</summary>
    public static string Segment(string text)
    {
        var segment = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(text))
            if (char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'@' or (byte)'-' || (letter == '.' && segment.Length > 0))
                segment.Append((char)letter);
            else
                segment.Append(CultureInfo.InvariantCulture, $"={letter:x2}");

        return segment.Length > 0 ? segment.ToString() : "=";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_=@-][A-Za-z0-9._=@-]*(/[A-Za-z0-9_=@-][A-Za-z0-9._=@-]*)*\z")]
    private static partial Regex Allowed();
}
