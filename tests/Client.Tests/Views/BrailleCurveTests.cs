using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Tests.Views;

public sealed class BrailleCurveTests
{
    /// <summary>Two cells, 2 × 8 dots: the line climbs the left column, and its last dot, the highest, is in the right one.</summary>
    [Fact]
    public void Worked_example() =>
        Assert.Equal(["1.000 ⡎", "0.000 ⡇"], BrailleCurve.Draw([(0, 0), (1, 1)], width: 7, height: 2));

    [Fact]
    public void A_flat_curve_and_a_single_point_are_drawn()
    {
        Assert.Contains('⠉', string.Concat(BrailleCurve.Draw([(0, 1), (1, 1)], 20, 2)));
        Assert.Equal(2, BrailleCurve.Draw([(3, 1)], 20, 2).Length);
    }

    [Fact]
    public void What_is_no_number_is_left_out() =>
        Assert.Equal(["", "no values yet"], BrailleCurve.Draw([(0, double.NaN), (1, double.PositiveInfinity)], 20, 2));

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(60)]
    public void Any_width_will_do(int width) =>
        Assert.All(
            BrailleCurve.Draw(Enumerable.Range(0, 500).Select(x => ((double)x, Math.Sin(x))), width, 8),
            line => Assert.InRange(line.Length, 1, Math.Max(width, 8)));
}
