using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Logic.Arithmetic;

/// <summary>Primes with the given product, in any order.</summary>
internal static class FactorizationRule
{
    /// <summary>More factors than any number of 32 bits has.</summary>
    private const int MaxFactors = 32;

    /// <param name="number">At least 2.</param>
    public static string? FindBroken(string number, string answer)
    {
        var product = int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
        var texts = answer.Split('*');
        if (texts.Length > MaxFactors)
            return "The answer has too many factors.";

        var rest = product;
        foreach (var text in texts)
        {
            if (text.StartsWith('0') || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var factor))
                return $"\"{text}\" is no factor.";
            if (!IsPrime(factor))
                return $"{factor} is not prime.";
            if (rest % factor != 0)
                return $"The product is not {product}.";

            rest /= factor;
        }

        return rest == 1 ? null : $"The product is not {product}.";
    }

    private static bool IsPrime(int number)
    {
        if (number < 2)
            return false;

        for (var divisor = 2; (long)divisor * divisor <= number; divisor++)
        {
            if (number % divisor == 0)
                return false;
        }

        return true;
    }
}
