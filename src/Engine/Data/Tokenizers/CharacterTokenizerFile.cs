using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Writes a character tokenizer so that Hugging Face's library reads it too.</summary>
internal static class CharacterTokenizerFile
{
    public static void Write(
        string folder,
        ImmutableArray<KeyValuePair<Rune, int>> characters,
        ImmutableArray<AddedToken> added,
        string? endOfText) =>
        TokenizerSource.Of(Describe(characters, added), endOfText).SaveTo(folder);

    private static JsonObject Describe(ImmutableArray<KeyValuePair<Rune, int>> characters, ImmutableArray<AddedToken> added) =>
        new()
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. added.Select(Entry)]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = null,
            ["post_processor"] = null,
            ["decoder"] = new JsonObject { ["type"] = "Fuse" },
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = null,
                ["end_of_word_suffix"] = null,
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["ignore_merges"] = false,
                // Added tokens stand here too: Hugging Face's library numbers those that do not after the vocabulary.
                ["vocab"] = new JsonObject(
                    added.Select(token => KeyValuePair.Create(token.Content, (JsonNode?)token.Id))
                        .Concat(characters.Select(entry => KeyValuePair.Create(entry.Key.ToString(), (JsonNode?)entry.Value)))),
                ["merges"] = new JsonArray(),
            },
        };

    private static JsonObject Entry(AddedToken token) =>
        new()
        {
            ["id"] = token.Id,
            ["content"] = token.Content,
            ["single_word"] = false,
            ["lstrip"] = false,
            ["rstrip"] = false,
            ["normalized"] = false,
            ["special"] = token.Special,
        };
}
