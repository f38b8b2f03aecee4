using System.Numerics;
using SeedOrleans.Engine.Randomness;
using SeedOrleans.Engine.Rewards.Mathematics.Numerics;

namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <summary>Points to evaluate two answers at: the same answers meet the same points, and nobody knows them beforehand.</summary>
internal sealed class RandomPoints(string reference, string answer)
{
    /// <summary>Variables lie in these intervals, in quarters, a row a round: domains like arcsin's and ln's first, then all signs.</summary>
    private static readonly (int From, int To)[] Ranges = [(0, 4), (0, 4), (4, 16), (4, 16), (-16, 16), (-16, 16), (-4, 4), (-4, 4), (-16, 0), (-40, 40), (-40, 40)];

    private readonly ulong _seed = AddressedRandom.Hash($"{reference}\0{answer}");

    public static int RealRounds => Ranges.Length;

    public ulong Residue(string variable, int round, PrimeField field) => Bits(variable, round) % field.Modulus;

    /// <returns>A fraction of 32 bits.</returns>
    public ComplexBall Real(string variable, int round)
    {
        var (from, to) = Ranges[round];
        var offset = (long)(Bits(variable, round) >> 32) * (to - from);
        return Ball.Rounded(((BigInteger)from << 32) + offset + 1, -34, Ball.NoError);
    }

    /// <returns>A whole number from 1 to 24.</returns>
    public ComplexBall Whole(string variable, int round) => Ball.Exactly(1 + (Bits(variable, round) % 24));

    private ulong Bits(string variable, int round) =>
        AddressedRandom.Bits(AddressedRandom.Derive(_seed, variable), (ulong)round, 0);
}
