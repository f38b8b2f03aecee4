using SeedOrleans.Engine.Data.Cleaning;

namespace SeedOrleans.Engine.Tests.Data.Cleaning;

public sealed class QuestionIndexTests
{
    private const string Eggs =
        "Janet has sixteen ducks that lay eggs each day, and she eats three of them for breakfast every single morning before work.";

    [Fact]
    public void Case_and_spaces_do_not_hide_a_question()
    {
        var index = Holding(0.8, sharesWords: false, "What is 1+2?", Eggs);

        Assert.Equal(new QuestionMatch(MatchKind.Exact, 0, 1), index.Find("what IS  1+2?"));
    }

    [Fact]
    public void A_changed_word_leaves_a_near_duplicate_and_a_changed_number_of_a_short_question_another()
    {
        var index = Holding(0.6, sharesWords: false, "12+34=", Eggs);

        var match = index.Find(Eggs.Replace("Janet", "Paula", StringComparison.Ordinal));

        Assert.Equal((MatchKind.Near, 1), (match?.Kind, match?.Place));
        Assert.Null(index.Find("12+35="));
    }

    [Fact]
    public void At_1_only_exact_ones_are_found()
    {
        var index = Holding(1, sharesWords: false, Eggs);

        Assert.Null(index.Find(Eggs.Replace("Janet", "Paula", StringComparison.Ordinal)));
        Assert.NotNull(index.Find(Eggs));
    }

    [Theory]
    [InlineData(13, true)]
    [InlineData(12, false)]
    public void Thirteen_words_in_a_row_are_a_leak_and_twelve_are_none(int words, bool found)
    {
        var index = Holding(0.8, sharesWords: true, "Nothing like it.", Eggs);
        var quoted = $"A wholly different beginning of some length: {string.Join(' ', Eggs.ToUpperInvariant().Split(' ')[..words])} and another end that nobody has ever read.";

        var match = index.Find(quoted);

        Assert.Equal(found, match is { Kind: MatchKind.SharedWords, Place: 1 });
        Assert.Equal(found, match is not null);
        Assert.Null(Holding(0.8, sharesWords: false, Eggs).Find(quoted));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Words_that_more_than_ten_questions_share_with_it_are_a_template(int questions, bool found)
    {
        const string Template = "please reason step by step and then put your final answer within the big box";
        var index = Holding(1, sharesWords: true, $"A bird flies over seven wide seas and comes home; how many seas did it see? {Template}");
        string[] asked = [.. Enumerable.Range(0, questions).Select(number => $"Question {number} of the examination asks for {number * number}: {Template}")];

        index.ForgetTemplates(asked);

        Assert.Equal(found, index.Find(asked[0]) is not null);
        Assert.Equal(MatchKind.SharedWords, index.Find("Say, when a bird flies over seven wide seas and comes home; how many seas are left?")?.Kind);
    }

    private static QuestionIndex Holding(double near, bool sharesWords, params string[] questions)
    {
        var index = new QuestionIndex(near, sharesWords);
        foreach (var question in questions)
            index.Add(question);

        return index;
    }
}
