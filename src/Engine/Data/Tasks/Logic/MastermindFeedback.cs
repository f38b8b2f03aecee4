namespace SeedOrleans.Engine.Data.Tasks.Logic;

/// <summary>Compares a guess with a code of as many digits.</summary>
internal static class MastermindFeedback
{
    /// <returns>How many digits are in their place, then how many more are in the code but elsewhere: <c>21</c>.</returns>
    public static string Of(string guess, string code)
    {
        Span<int> balance = stackalloc int[10];
        var (exact, misplaced) = (0, 0);
        for (var place = 0; place < guess.Length; place++)
        {
            if (guess[place] == code[place])
            {
                exact++;
                continue;
            }

            // A digit that the other row had before, and too often until now, finds its partner.
            misplaced += balance[guess[place] - '0']++ < 0 ? 1 : 0;
            misplaced += balance[code[place] - '0']-- > 0 ? 1 : 0;
        }

        return $"{exact}{misplaced}";
    }
}
