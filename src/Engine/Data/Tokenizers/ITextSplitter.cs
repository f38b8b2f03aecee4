namespace SeedOrleans.Engine.Data.Tokenizers;

/// <summary>Cuts text into the pieces within which byte pairs merge.</summary>
internal interface ITextSplitter
{
    /// <summary>Adds the pieces of <paramref name="range"/> in order, none left out and none empty; what stands outside is not seen.</summary>
    void Split(string text, Range range, List<Range> pieces);
}
