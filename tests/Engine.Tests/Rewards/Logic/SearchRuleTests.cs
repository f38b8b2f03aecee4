namespace SeedOrleans.Engine.Tests.Rewards.Logic;

/// <summary>Known puzzles: right answers of several forms, and a near miss for each rule.</summary>
public sealed class SearchRuleTests
{
    [Theory]
    [InlineData("maze", "maze:s.#/#../#.e", "rdrd", null)]
    [InlineData("maze", "maze:s.#/#../#.e", "rddr", null)]
    [InlineData("maze", "maze:s.#/#../#.e", "rlrddr", null)] // a detour
    [InlineData("maze", "maze:s.#/#../#.e", "rdd", "do not lead to the end")]
    [InlineData("maze", "maze:s.#/#../#.e", "drdr", "Move 1, d")]
    [InlineData("maze", "maze:s.#/#../#.e", "urdrd", "Move 1, u")]
    [InlineData("maze", "maze:s.#/#../#.e", "rdrdl", "do not lead to the end")]
    [InlineData("maze", "maze:s.#/#../#.e", "RDRD", "Move 1, R")]
    [InlineData("maze", "shortest:s.#/#../#.e", "rddr", null)]
    [InlineData("maze", "shortest:s.#/#../#.e", "rlrddr", "shorter")]
    [InlineData("maze", "maze:s.#/#../#..", "rdrd", "not such a puzzle")]
    [InlineData("word-search", "cow:xcq/toa/rwe", "b1-b3", null)]
    [InlineData("word-search", "cow:cow/oxx/wxx", "a1-a3", null)]
    [InlineData("word-search", "cow:cow/oxx/wxx", "a1-c1", null)]
    [InlineData("word-search", "cow:wow/xox/xxc", "c3-a1", null)]
    [InlineData("word-search", "cow:xcq/toa/rwe", "b3-b1", "stands woc")]
    [InlineData("word-search", "cow:xcq/toa/rwe", "b1-b2", "not the ends of a straight line")]
    [InlineData("word-search", "cow:xcq/toa/rwe", "b1-c3", "not the ends of a straight line")]
    [InlineData("word-search", "cow:xcq/toa/rwe", "b1-b4", "not on the board")]
    [InlineData("word-search", "cow:xcq/toa/rwe", "b1", "not two cells")]
    [InlineData("sliding-puzzle", "12/3.>1./32", "2", null)]
    [InlineData("sliding-puzzle", "12/3.>1./32", "222", null)]
    [InlineData("sliding-puzzle", "12/3.>1./32", "22", "lead to 12/3.")]
    [InlineData("sliding-puzzle", "12/3.>1./32", "1", "1 is not beside the gap")]
    [InlineData("sliding-puzzle", "12/3.>1./32", ".", ". is not beside the gap")]
    [InlineData("sliding-puzzle", "12/34>12/34", "1", "not such a puzzle")]
    [InlineData("lights-out", "010/111/010", "b2", null)]
    [InlineData("lights-out", "010/111/010", "b2-b2", "twice")]
    [InlineData("lights-out", "010/111/010", "a1", "in the end")]
    [InlineData("lights-out", "010/111/010", "d2", "no light")]
    [InlineData("lights-out", "1111/1001/1001/1111", "a1-b2-c3", "in the end")]
    [InlineData("lights-out", "1100/1000/0000/0000", "a1", null)]
    [InlineData("lights-out", "1100/1000/0000/0000", "b1-d1-a2-b2-c2-b3-a4-c4-d3-a1", "in the end")]
    [InlineData("water-jugs", "3,5>4", "+b,ba,-a,ba,+b,ba", null)]
    [InlineData("water-jugs", "3,5>4", "+a,ab,+a,ab,-b,ab,+a,ab", null)]
    [InlineData("water-jugs", "3,5>4", "+b,ba,-a,ba,+b", "hold 2 and 5")]
    [InlineData("water-jugs", "3,5>4", "+c", "\"+c\" is no move")]
    [InlineData("water-jugs", "3,5>4", "aa", "\"aa\" is no move")]
    [InlineData("water-jugs", "3,5>4", "+b,ba,-a,ba,+b,ba,", "\"\" is no move")]
    [InlineData("water-jugs", "3,5", "+b", "not such a puzzle")]
    [InlineData("subset-sum", "12,7,31,5>24", "12+7+5", null)]
    [InlineData("subset-sum", "12,7,31,5>24", "5+12+7", null)]
    [InlineData("subset-sum", "12,7,5,10,2>12", "7+5", null)]
    [InlineData("subset-sum", "12,7,5,10,2>12", "10+2", null)]
    [InlineData("subset-sum", "12,7,31,5>24", "12+12", "12 is not given, or was used before")]
    [InlineData("subset-sum", "12,7,31,5>24", "24", "24 is not given")]
    [InlineData("subset-sum", "12,7,31,5>24", "12+7", "sum is 19")]
    [InlineData("subset-sum", "12,7,31,6>24", "12+7+6", "sum is 25")]
    [InlineData("subset-sum", "12,7,31,5>24", "31-7", "\"31-7\" is no number")]
    [InlineData("subset-sum", "12,7,31,5>24", "12+7+5+", "\"\" is no number")]
    [InlineData("knight-path", "5:a1>c5", "a1-b3-c5", null)]
    [InlineData("knight-path", "5:a1>d4", "a1-c2-d4", null)]
    [InlineData("knight-path", "5:a1>d4", "a1-b3-d4", null)]
    [InlineData("knight-path", "5:a1>c5", "a1-c2-e3-c4-b2-d3-c5", "fewer moves")]
    [InlineData("knight-path", "5:a1>c5", "a1-c5", "cannot move to c5")]
    [InlineData("knight-path", "5:a1>c5", "b3-c5", "from the start")]
    [InlineData("knight-path", "5:a1>c5", "a1-b3", "from the start")]
    [InlineData("knight-path", "5:a1>c5", "a1-b3-c5-d7", "no cell of the board")]
    [InlineData("knight-path", "5:a1>g5", "a1", "not such a puzzle")]
    public void Judges(string task, string puzzle, string answer, string? broken) => Rules.Check(task, puzzle, answer, broken);

    [Fact]
    public void No_more_moves_are_followed_than_the_instructions_allow()
    {
        Rules.Check("sliding-puzzle", "12/3.>1./32", new string('2', 199), broken: null);
        Rules.Check("sliding-puzzle", "12/3.>1./32", new string('2', 201), "more than 200 moves");
        Rules.Check("water-jugs", "3,5>3", string.Join(',', Enumerable.Repeat("+a", 200)), broken: null);
        Rules.Check("water-jugs", "3,5>3", string.Join(',', Enumerable.Repeat("+a", 201)), "more than 200 moves");
    }
}
