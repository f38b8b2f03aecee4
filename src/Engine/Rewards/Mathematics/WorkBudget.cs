namespace SeedOrleans.Engine.Rewards.Mathematics;

/// <summary>How much one answer may cost. Whoever computes pays first and stops when nothing is left, so no text takes long.</summary>
/// <param name="units">Of about a microsecond each.</param>
internal sealed class WorkBudget(int units)
{
    /// <summary>About 10 ms.</summary>
    public const int Default = 10_000;

    private int _left = units;

    public bool IsSpent => _left <= 0;

    /// <returns>False where nothing is left: the value stays unknown.</returns>
    public bool TrySpend(int units)
    {
        _left -= units;
        return _left > 0;
    }

    /// <summary>Pays for arithmetic on numbers of so many bits, which is quadratic in them at worst.</summary>
    public bool TrySpendBits(long bits)
    {
        var words = bits / 64;
        return TrySpend((int)Math.Min(1 + (words * words / 80), int.MaxValue / 2));
    }
}
