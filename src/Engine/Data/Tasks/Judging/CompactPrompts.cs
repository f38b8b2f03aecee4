namespace SeedOrleans.Engine.Data.Tasks.Judging;

/// <summary>What a judge is asked, short enough for a model that reads single characters.</summary>
internal static class CompactPrompts
{
    public static string Equivalence(string reference, string answer) => $"{reference}~{answer}=";

    public static string Preference(string question, string first, string second) => $"{question.TrimEnd('=')}|{first}|{second}=";
}
