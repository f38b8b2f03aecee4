using CsCheck;
using SeedOrleans.Engine.Parallelism;

namespace SeedOrleans.Engine.Tests.Parallelism;

public sealed class StretchesTests
{
    [Fact]
    public void Worked_example() => Assert.Equal("0 3 6 10", $"{Stretches.Even(10, 3)}");

    [Fact]
    public void Even_stretches_cover_everything_in_order_and_differ_by_one_at_most() =>
        Gen.Select(Gen.Long[0, 1L << 40], Gen.Int[1, 64]).Sample((count, ranks) =>
        {
            var stretches = Stretches.Even(count, ranks);
            var lengths = Enumerable.Range(0, ranks).Select(rank => stretches[rank].Length).ToArray();

            Assert.Equal(count, lengths.Sum());
            Assert.InRange(lengths.Max() - lengths.Min(), 0, 1);
            for (var rank = 1; rank < ranks; rank++)
                Assert.Equal(stretches[rank - 1].Start + stretches[rank - 1].Length, stretches[rank].Start);
        });

    [Fact]
    public void A_negative_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Stretches.Of(1, -1));
}
