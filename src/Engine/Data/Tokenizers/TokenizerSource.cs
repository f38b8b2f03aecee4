using System.Text.Json.Nodes;

namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>The files that a tokenizer was read from, kept so that a checkpoint can carry them.</summary>
internal sealed class TokenizerSource
{
    private readonly string _tokenizer;
    private readonly string _config;

    private TokenizerSource(string tokenizer, string config) => (_tokenizer, _config) = (tokenizer, config);

    /// <param name="endOfText">Written into the configuration, wherever it was found.</param>
    public static TokenizerSource Of(TokenizerJson file, int endOfText)
    {
        var config = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file.File))!, TokenizerFile.ConfigName);
        var content = file.AddedTokens.FirstOrDefault(token => token.Id == endOfText)?.Content
            ?? file.Vocabulary.First(entry => entry.Value == endOfText).Key;

        return new TokenizerSource(file.Root.GetRawText(), WithEndOfText(config, content));
    }

    public static TokenizerSource Of(JsonObject tokenizer, string? endOfText) =>
        new(
            tokenizer.ToJsonString(TokenizerFile.Readable),
            new JsonObject { ["eos_token"] = endOfText }.ToJsonString(TokenizerFile.Readable));

    public void SaveTo(string folder)
    {
        Directory.CreateDirectory(folder);
        Replace(Path.Combine(folder, TokenizerFile.Name), _tokenizer);
        Replace(Path.Combine(folder, TokenizerFile.ConfigName), _config);
    }

    private static string WithEndOfText(string config, string content)
    {
        try
        {
            var properties = (File.Exists(config) ? JsonNode.Parse(TokenizerJson.ReadBytes(config)) as JsonObject : null) ?? [];
            properties["eos_token"] = content;
            return properties.ToJsonString(TokenizerFile.Readable);
        }
        catch (ArgumentException exception)
        {
            throw new TokenizerFormatException(config, $"a key stands twice ({exception.Message})", "mend or remove it", exception);
        }
    }

    /// <summary>A reader sees the whole old file or the whole new one.</summary>
    private static void Replace(string path, string content)
    {
        File.WriteAllText(path + ".tmp", content);
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
