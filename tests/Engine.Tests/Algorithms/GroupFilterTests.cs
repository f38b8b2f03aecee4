using SeedOrleans.Engine.Algorithms;

namespace SeedOrleans.Engine.Tests.Algorithms;

public sealed class GroupFilterTests
{
    [Theory]
    [InlineData(new double[] { 1, -1 }, true)]
    [InlineData(new double[] { -1, -1, -1, 1 }, true)]
    [InlineData(new double[] { 1, 1 }, false)]
    [InlineData(new double[] { -1, -1 }, false)]
    [InlineData(new double[] { 1 }, false)]
    [InlineData(new double[] { }, false)]
    public void Only_groups_whose_answers_disagree_are_informative(double[] scores, bool expected) =>
        Assert.Equal(expected, GroupFilter.IsInformative(Groups.OfScores(scores)));

    [Fact]
    public void Right_answers_of_different_scores_agree() =>
        Assert.False(GroupFilter.IsInformative(Groups.OfScores(1, 0.5)));
}
