namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>A tokenizer file that cannot be trusted or is of a kind not read here.</summary>
public sealed class TokenizerFormatException(string file, string problem, string wayOut, Exception? inner = null)
    : Exception($"{file}: {problem}; {wayOut}.", inner)
{
    public string File { get; } = file;

    public string Problem { get; } = problem;
}
