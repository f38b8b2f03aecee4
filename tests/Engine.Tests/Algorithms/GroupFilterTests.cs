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

    [Theory]
    [InlineData(new double[] { -1, -0.5 }, true)]
    [InlineData(new double[] { 1, 0.5 }, true)]
    [InlineData(new double[] { 0.5, 0.5 }, false)]
    [InlineData(new double[] { 0.5 }, false)]
    public void Graded_scores_that_differ_are_enough(double[] scores, bool expected)
    {
        var group = Groups.OfScores(scores);

        Assert.Equal(expected, GroupFilter.IsInformative(group with
        {
            Responses = [.. group.Responses.Select(response => response with { Verdict = response.Verdict with { IsGraded = true } })],
        }));
    }
}
