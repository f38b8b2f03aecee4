using System.Security.Cryptography;
using System.Text;

namespace SeedOrleans.Engine.Rewards.Judges.Prompts;

/// <summary>A pair of markers that occurs in none of the texts it will enclose, so that none can end itself. The same texts get the same fence.</summary>
internal sealed class Fence
{
    private readonly string _mark;

    private Fence(string mark) => _mark = mark;

    private string Open => $"<<<{_mark}";

    private string Close => $"{_mark}>>>";

    public static Fence Around(params ReadOnlySpan<string> texts)
    {
        for (var attempt = 0; ; attempt++)
        {
            var mark = Mark(texts, attempt);
            var isFree = true;
            foreach (var text in texts)
                isFree &= !text.Contains(mark, StringComparison.OrdinalIgnoreCase);

            if (isFree)
                return new Fence(mark);
        }
    }

    /// <returns>A headline, and the text between the markers, each on a line of its own.</returns>
    public string Enclose(string name, string text) => $"{name}, between {Open} and {Close}:\n{Open}\n{text}\n{Close}\n";

    private static string Mark(ReadOnlySpan<string> texts, int attempt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(attempt));
        foreach (var text in texts)
        {
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
