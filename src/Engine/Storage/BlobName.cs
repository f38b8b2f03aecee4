using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Storage;

/// <summary>Names that mean the same in every store: segments of letters, digits and ".-_=@", joined by slashes.</summary>
public static partial class BlobName
{
    private const int MaxLength = 800;

    /// <exception cref="ArgumentException">The name leaves its store, is empty, too long, or uses a character outside the set.</exception>
    public static void Check(string name)
    {
        if (name.Length > MaxLength || !Allowed().IsMatch(name))
            throw new ArgumentException(
                $"'{name}' is no name for a blob: at most {MaxLength} characters, segments of letters, digits and '.-_=@' that do not begin with a dot, joined by '/'.",
                nameof(name));
    }

    /// <summary>Turns any text into one segment, different texts into different segments.</summary>
    public static string Segment(string text) =>
        text.Length is > 0 and <= 200 && Plain().IsMatch(text) ? text : "=" + Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"\A[A-Za-z0-9_=@-][A-Za-z0-9._=@-]*(/[A-Za-z0-9_=@-][A-Za-z0-9._=@-]*)*\z")]
    private static partial Regex Allowed();

    [GeneratedRegex(@"\A[A-Za-z0-9_@-][A-Za-z0-9._=@-]*\z")]
    private static partial Regex Plain();
}
