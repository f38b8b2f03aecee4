using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Tests.Views;

public sealed class HostileTextTests
{
    [Theory]
    [InlineData("plain é 漢 😀", "plain é 漢 😀")]
    [InlineData("a\nb\tc", "a⏎b c")]
    [InlineData("\u001b[31mred\u001b[0m", "[31mred[0m")]
    [InlineData("\u009b31mred", "31mred")]
    [InlineData("\u001b]8;;http://evil\u0007link", "]8;;http://evillink")]
    [InlineData("a\rb\bc\0d", "abcd")]
    [InlineData("\u202eabc\u200b", "abc")]
    [InlineData("e\u0301\u0301\u0301", "e")]
    public void Only_harmless_characters_stay(string text, string expected) => Assert.Equal(expected, HostileText.OneLine(text, 100));

    [Fact]
    public void Half_a_character_becomes_a_replacement() => Assert.Equal("a\ufffd", HostileText.OneLine("a" + (char)0xD800, 100));

    [Theory]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("abcd", 4, "abcd")]
    public void Long_text_is_cut(string text, int length, string expected) => Assert.Equal(expected, HostileText.OneLine(text, length));

    [Theory]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    [InlineData("\u001b[2J\r\u009b", "\\u{1b}[2J\\u{d}\\u{9b}")]
    [InlineData("left\u202eright", "left\\u{202e}right")]
    [InlineData("नमस्ते é", "नमस्ते é")]
    public void Escaped_text_keeps_its_lines_and_shows_what_a_terminal_would_obey(string text, string shown) =>
        Assert.Equal(shown, HostileText.Escaped(text));
}
