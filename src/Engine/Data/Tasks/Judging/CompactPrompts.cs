namespace SeedOrleans.Engine.Data.Tasks.Judging;

/// <summary>What a judge is asked that reads single characters: by the tasks that train it, and by the judges that ask it.</summary>
/// <remarks>
/// The reply follows the convention of all tasks (<see cref="ITask"/>): steps, or none, then <c>;yes</c> or <c>;no</c>. Characters that
/// separate the parts are replaced within them, so that no part can end itself.
/// </remarks>
public static class CompactPrompts
{
    public const string Yes = "yes";
    public const string No = "no";

    /// <summary>What stands before the verdict; a judge that is asked at sight gets it as the beginning of its reply.</summary>
    public const string BeforeVerdict = ";";

    /// <returns><c>REFERENCE~ANSWER=</c>: are both the same answer?</returns>
    public static string Equivalence(string reference, string answer) => $"{Part(reference)}~{Part(answer)}=";

    /// <returns><c>QUESTION|FIRST|SECOND=</c>: is the first the better response?</returns>
    public static string Preference(string question, string first, string second) => $"{Part(question)}|{Part(first)}|{Part(second)}=";

    /// <summary>The sign that ends a generated question says nothing here and is left out.</summary>
    private static string Part(string text) => string.Concat(text.Trim().TrimEnd('=').Select(Neutral));

    private static char Neutral(char character) => character switch
    {
        '~' => '-',
        '|' => '/',
        '=' => ':',
        ';' => ',',
        '\r' or '\n' or '\t' => ' ',
        _ => character,
    };
}
