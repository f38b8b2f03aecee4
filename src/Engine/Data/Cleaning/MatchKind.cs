namespace SeedOrleans.Engine.Data.Cleaning;

/// <summary>By what two questions were found to be alike.</summary>
public enum MatchKind
{
    /// <summary>Normalized, the same text.</summary>
    Exact,

    /// <summary>Most short pieces are the same.</summary>
    Near,

    /// <summary>Thirteen words in a row are the same.</summary>
    SharedWords,
}
