using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Rewards.Judges.Prompts;

/// <summary>Breaks the spellings by which chat templates change the speaker, so that no text that is judged can speak as somebody else.</summary>
/// <remarks>Some servers turn such spellings into control tokens wherever they stand. A space after the first character is enough against it.</remarks>
internal static partial class RoleMarkers
{
    public static string Break(string text) => Marker().Replace(Control().Replace(text, " "), match => $"{match.Value[0]} {match.Value[1..]}");

    [GeneratedRegex(@"<[|｜]|<</?SYS>>|\[/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|</?(?:s|bos|eos|pad|unk|think|start_of_turn|end_of_turn|system|assistant|user)>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Marker();

    /// <summary>Control characters but for line breaks and tabs, and those that are not seen or turn the direction of text.</summary>
    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]", RegexOptions.CultureInvariant)]
    private static partial Regex Control();
}
