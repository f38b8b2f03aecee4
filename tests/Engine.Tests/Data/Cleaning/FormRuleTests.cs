using SeedOrleans.Engine.Data.Cleaning;

namespace SeedOrleans.Engine.Tests.Data.Cleaning;

public sealed class FormRuleTests
{
    [Theory]
    [InlineData("Prove that there are infinitely many primes.", "proof")]
    [InlineData("Let n > 1. Show that n divides m.", "proof")]
    [InlineData("Let f be convex. Prove the inequality.", "proof")]
    [InlineData("A train leaves at noon.\n(a) When does it arrive? (b) How far does it go?", "several-parts")]
    [InlineData("1. What is the mean of x?\n2. What is the median of x?", "several-parts")]
    [InlineData("Let f(x) = 2x. (a) Find f(3). (b) Find the x for which f(x) = 3.", "several-parts")]
    [InlineData("In the figure, AB = 3. Find BC.", "figure")]
    [InlineData("The circle is as shown. What is its area?", "figure")]
    [InlineData("Use the graph below to find f(3).", "figure")]
    [InlineData("What is seen here? ![](a.png)", "figure")]
    [InlineData("Read https://example.org/a and answer.", "link")]
    public void A_question_is_told_by_its_wording(string question, string rule) =>
        Assert.Equal(rule, FormRule.All.First(form => form.Find(question) is not null).Name);

    [Theory]
    [InlineData("What is 1+2?")]
    [InlineData("A proof has 12 lines, each improving on the last. How many words does it have?")]
    [InlineData("He showed 3 pictures to 4 friends. How many views is that?")]
    [InlineData("Records show that he has won three matches. How many did he lose of seven?")]
    [InlineData("She watched another show that was 4 times longer. How long was it?")]
    [InlineData("How many movies are shown in total in the photo booth?")]
    [InlineData("He obeys these rules:\n1) He first chooses a column.\n2) He then takes one away.\nHow many ways are there?")]
    [InlineData("In the figure, AB = 3.\n[asy]\ndraw((0,0)--(3,0));\n[/asy]\nFind BC.")]
    [InlineData("Which is larger? (a) 2/3 (b) 3/4 (c) 4/5")]
    [InlineData("Let f(a) = 2a and f(b) = 3. Find f(a) + f(b).")]
    [InlineData("A graph has 7 vertices and 12 edges. How many faces has it in the plane?")]
    [InlineData("The table below lists prices.\napple 2\npear 3\nWhat do both cost?")]
    public void Any_other_stays(string question) => Assert.All(FormRule.All, rule => Assert.Null(rule.Find(question)));

    [Fact]
    public void Names_are_unique() => Assert.Equal(FormRule.All.Length, FormRule.All.DistinctBy(rule => rule.Name).Count());
}
