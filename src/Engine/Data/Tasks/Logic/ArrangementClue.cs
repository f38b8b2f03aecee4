namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary><c>a=q</c> at the same place, <c>a&lt;q</c> somewhere left of, <c>a|q</c> side by side, <c>a3</c> at place 3.</summary>
/// <param name="Kind">'=', '&lt;', '|', or the digit of a place.</param>
/// <param name="Second">Null where the clue names a place.</param>
internal sealed record ArrangementClue(char First, char Kind, char? Second)
{
    /// <exception cref="FormatException">The text is no clue.</exception>
    public static ArrangementClue Parse(string text) => text switch
    {
        [var first, var kind and ('=' or '<' or '|'), var second] => new ArrangementClue(first, kind, second),
        [var first, var place and >= '1' and <= '9'] => new ArrangementClue(first, place, null),
        _ => throw new FormatException($"\"{text}\" is no clue such as a=q, a<q, a|q or a3."),
    };

    /// <param name="first">Place of the first, from 0.</param>
    /// <param name="second">Place of the second; not looked at where there is none.</param>
    public bool Holds(int first, int second) => Kind switch
    {
        '=' => first == second,
        '<' => first < second,
        '|' => Math.Abs(first - second) == 1,
        _ => first == Kind - '1',
    };

    public override string ToString() => $"{First}{Kind}{Second}";
}
