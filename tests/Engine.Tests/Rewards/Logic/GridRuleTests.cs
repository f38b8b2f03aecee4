namespace SeedOrleans.Engine.Tests.Rewards.Logic;

/// <summary>Known puzzles: right answers of several forms, and a near miss for each rule.</summary>
public sealed class GridRuleTests
{
    /// <summary>A sudoku printed in many places, from Wikipedia's article.</summary>
    private const string Known = "53..7..../6..195.../.98....6./8...6...3/4..8.3..1/7...2...6/.6....28./...419..5/....8..79";

    private const string Solved = "534678912/672195348/198342567/859761423/426853791/713924856/961537284/287419635/345286179";

    [Theory]
    [InlineData("sudoku", Known, Solved, null)]
    [InlineData("sudoku", "12.4/3412/2143/4321", "1234/3412/2143/4321", null)]
    [InlineData("sudoku", "..../..../2143/4321", "3412/1234/2143/4321", null)] // one of two
    [InlineData("sudoku", "..../..../2143/4321", "1234/3412/2143/4321", null)] // the other
    [InlineData("sudoku", "12.4/3412/2143/4321", "1224/3412/2143/4321", "number twice")]
    [InlineData("sudoku", "12.4/3412/2143/4321", "2134/3412/2143/4321", "a1 was given as 1")]
    [InlineData("sudoku", "..../..../..../....", "1234/2341/3412/4123", "Box 1")] // a Latin square
    [InlineData("sudoku", "12.4/3412/2143/4321", "1254/3412/2143/4321", "not one of 1234")]
    [InlineData("sudoku", "12.4/3412/2143/4321", "1234/3412/2143", "not 4 rows")]
    [InlineData("sudoku", "12./312/231", "123/312/231", "not such a puzzle")]
    [InlineData("futoshiki", "1../.../...:b2<a2,c3<b3", "132/213/321", null)]
    [InlineData("futoshiki", "1../.../...:b1<c1", "123/231/312", null)]
    [InlineData("futoshiki", "1../.../...:b1<c1", "123/312/231", null)]
    [InlineData("futoshiki", "1../.../...:a2<b2", "132/213/321", "a2 is not less than b2")]
    [InlineData("futoshiki", "1../.../...:b2<a2", "232/213/321", "given as 1")]
    [InlineData("futoshiki", "1../.../...:b2<a2", "132/213/312", "number twice")]
    [InlineData("futoshiki", "1../.../...:b2<d2", "132/213/321", "not such a puzzle")]
    [InlineData("skyscrapers", ".../..3/...:122,312,122,312", "321/213/132", null)]
    [InlineData("skyscrapers", ".../..3/...:122,312,122,312", "321/213/123", "number twice")]
    [InlineData("skyscrapers", ".../..2/...:122,312,122,312", "321/213/132", "given as 2")]
    [InlineData("skyscrapers", ".../..3/...:121,312,122,312", "321/213/132", "From above not 1 towers are seen in line 3")]
    [InlineData("skyscrapers", ".../..3/...:122,212,122,312", "321/213/132", "From below")]
    [InlineData("skyscrapers", ".../..3/...:122,312,132,312", "321/213/132", "From the left")]
    [InlineData("skyscrapers", ".../..3/...:122,312,122,313", "321/213/132", "From the right")]
    [InlineData("skyscrapers", ".../.../...:000,000,000,000", "321/213/132", null)]
    [InlineData("skyscrapers", ".../.../...:00,00,00,00", "321/213/132", "not such a puzzle")]
    [InlineData("binary-puzzle", "1..0/..1./.0../0..1", "1010/0110/1001/0101", null)]
    [InlineData("binary-puzzle", "..../..../..../....", "1010/1010/0101/0101", null)] // lines may be equal
    [InlineData("binary-puzzle", "1..0/..1./.0../0..1", "1010/0110/1001/0111", "unequal")]
    [InlineData("binary-puzzle", "...../", "1", "not such a puzzle")]
    [InlineData("binary-puzzle", "....../....../....../....../....../......", "011100/100011/010101/101010/010101/101010", "011100, with three equal digits")]
    [InlineData("binary-puzzle", "....../....../....../....../....../......", "100011/011100/010101/101010/010101/101010", "100011, with three equal digits")]
    [InlineData("n-queens", ".d..", "bdac", null)]
    [InlineData("n-queens", "....", "cadb", null)]
    [InlineData("n-queens", "....", "bdac", null)]
    [InlineData("n-queens", ".d..", "cadb", "given at d")]
    [InlineData("n-queens", "....", "abcd", "rows 1 and 2 attack")]
    [InlineData("n-queens", "....", "bdab", "rows 1 and 4 attack")]
    [InlineData("n-queens", "....", "bdae", "not 4 letters from a to d")]
    [InlineData("kakurasu", "3,2,4/4,3,3", "110/010/101", null)]
    [InlineData("kakurasu", "3,2,4/4,3,3", "001/010/101", "Column 1 adds up to 3, not 4")]
    [InlineData("kakurasu", "3,3,3,0/3,3,3,0", "0010/0010/1100/0000", null)]
    [InlineData("kakurasu", "3,3,3,0/3,3,3,0", "1100/1100/0010/0000", null)]
    [InlineData("kakurasu", "3,3,3,0/3,3,3,0", "1100/1100/0011/0000", "Row 3 adds up to 7, not 3")]
    [InlineData("kakurasu", "3,3,3,0/3,3,3,0", "1100/1100/0010", "not 4 rows")]
    [InlineData("nonogram", "1,1/1,1", "10/01", null)]
    [InlineData("nonogram", "1,1/1,1", "01/10", null)]
    [InlineData("nonogram", "1,1/1,1", "10/10", "Column 1 has runs of 2, not 1")]
    [InlineData("nonogram", "1.1,0/1,0,1", "101/000", null)]
    [InlineData("nonogram", "1.1,0/1,0,1", "110/000", "Row 1 has runs of 2, not 1.1")]
    [InlineData("nonogram", "1.1,0/1,0,1", "101/00", "not 2 rows of 3")]
    [InlineData("minesweeper", "1?1/111", "1*1/111", null)]
    [InlineData("minesweeper", "1?1/111", "1-1/111", "not 1 mines around cell a1")]
    [InlineData("minesweeper", "1?1/111", "***/111", "a1 must not be *")]
    [InlineData("minesweeper", "1?/??", "1*/--", null)]
    [InlineData("minesweeper", "1?/??", "1-/-*", null)]
    [InlineData("minesweeper", "1?/??", "1*/-*", "not 1 mines")]
    [InlineData("minesweeper", "1?/??", "1*/?-", "must not be ?")]
    [InlineData("minesweeper", "1?/??", "1*/-", "not 2 rows")]
    [InlineData("game-of-life", "000/111/000", "000/111/000", null)]
    [InlineData("game-of-life", "000/111/000", "000/111/001", "not 000/111/000")]
    [InlineData("grid-transform", "76/08", "76/08", null)]
    [InlineData("grid-transform", "76/08", "67/80", "not 76/08")]
    public void Judges(string task, string puzzle, string answer, string? broken) => Rules.Check(task, puzzle, answer, broken);
}
