using SeedOrleans.Engine.Data.Tokenizers;

namespace SeedOrleans.Engine.Tests.Data.Tokenizers;

public sealed class CharacterTokenizerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("characters").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Worked_example()
    {
        var tokenizer = CharacterTokenizer.Create("ba1");

        // 0, 1, 2 are the added tokens; then '1' (U+0031), 'a', 'b'.
        Assert.Equal([4, 5, 3, 2], tokenizer.Encode("ab1<|im_end|>"));
        Assert.Equal("ab1", tokenizer.Decode([4, 5, 3, 2]));
        Assert.Equal("ab1<|im_end|>", tokenizer.Decode([4, 5, 3, 2], skipSpecialTokens: false));
        Assert.Equal((6, 0), (tokenizer.VocabularySize, tokenizer.EndOfText));
    }

    [Fact]
    public void Order_and_repeats_of_the_alphabet_do_not_matter() =>
        Assert.Equal(CharacterTokenizer.Create("cab").Encode("abc"), CharacterTokenizer.Create("aabbcc").Encode("abc"));

    [Fact]
    public void Characters_beyond_the_basic_plane_are_one_token() =>
        Assert.Equal([4, 3], CharacterTokenizer.Create("é😀").Encode("😀é"));

    [Fact]
    public void Saved_and_loaded_it_is_the_same()
    {
        const string Alphabet = "0123456789+=,;\n \"\\<|>é😀_imendstar";
        var saved = CharacterTokenizer.Create(Alphabet);
        saved.SaveTo(_folder);

        var loaded = TokenizerFile.Load(_folder);

        foreach (var text in (string[])[Alphabet, "", "1+2=<|im_end|>;<|im_", "<|im_start|><|im_end|>😀"])
        {
            Assert.Equal(saved.Encode(text), loaded.Encode(text));
            Assert.Equal(saved.EncodePlain(text), loaded.EncodePlain(text));
            Assert.Equal(text, loaded.Decode(loaded.Encode(text).AsSpan(), skipSpecialTokens: false));
        }

        Assert.Equal((saved.VocabularySize, saved.EndOfText), (loaded.VocabularySize, loaded.EndOfText));
    }

    [Fact]
    public void Plain_text_cannot_spell_an_added_token()
    {
        var tokenizer = CharacterTokenizer.Create("<|im_end>");

        Assert.Equal(10, tokenizer.EncodePlain("<|im_end|>").Length);
        Assert.Equal([2], tokenizer.Encode("<|im_end|>"));
    }

    [Fact]
    public void Unknown_ids_decode_to_nothing() =>
        Assert.Equal("a", CharacterTokenizer.Create("a").Decode([-1, 3, 99, int.MaxValue]));

    [Fact]
    public void Unknown_characters_are_refused_by_name()
    {
        var refusal = Assert.Throws<UnknownCharacterException>(() => CharacterTokenizer.Create("ab").Encode("<|im_end|>ab?"));

        Assert.Equal(12, refusal.Position);
        Assert.Contains("'?' (U+003F)", refusal.Message);
    }
}
