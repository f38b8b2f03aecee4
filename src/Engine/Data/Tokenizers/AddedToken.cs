namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>A token that stands beside the vocabulary and is found in text before anything else.</summary>
/// <param name="Special">Left out when decoding for people, as <c>&lt;|im_end|&gt;</c> is and <c>&lt;think&gt;</c> is not.</param>
internal sealed record AddedToken(string Content, int Id, bool Special)
{
    public const string EndOfText = "<|endoftext|>";

    public const string MessageStart = "<|im_start|>";

    public const string MessageEnd = "<|im_end|>";
}
