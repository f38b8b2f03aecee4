using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>The program in a response: its last fenced block of code; the whole response where it has no fences.</summary>
/// <param name="Language">That the fence names; null where it names none that is known.</param>
internal sealed partial record ResponseProgram(string Text, CodeLanguage? Language)
{
    /// <summary>Longer programs are not run.</summary>
    private const int MaxLength = 1 << 16;

    private const string Fence = "```";

    /// <param name="spoken">The response without its reasoning.</param>
    /// <returns>Null where there is no program, a fence that never closes, or one that is too long.</returns>
    public static ResponseProgram? In(string spoken)
    {
        var found = spoken.Contains(Fence, StringComparison.Ordinal) ? LastBlock(spoken) : new ResponseProgram(spoken, null);
        return found is null || string.IsNullOrWhiteSpace(found.Text) || found.Text.Length > MaxLength ? null : found;
    }

    private static ResponseProgram? LastBlock(string spoken)
    {
        ResponseProgram? last = null;
        foreach (Match block in Block().Matches(spoken))
            last = new ResponseProgram(block.Groups["code"].Value, LanguageOf(block.Groups["language"].Value));

        return last;
    }

    private static CodeLanguage? LanguageOf(string name) => name.ToLowerInvariant() switch
    {
        "python" or "py" or "python3" => CodeLanguage.Python,
        "cpp" or "c++" or "cc" or "cxx" => CodeLanguage.Cpp,
        "javascript" or "js" => CodeLanguage.JavaScript,
        _ => null,
    };

    [GeneratedRegex(@"^[ \t]*```[ \t]*(?<language>[A-Za-z0-9+]*)[^\n`]*\n(?<code>.*?)^[ \t]*```[ \t]*\r?$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Block();
}
