namespace SeedOrleans.Engine.Data.Files;

/// <summary>Why a line of a data file is no question.</summary>
public enum DataFault
{
    None,

    /// <summary>No object, or one with text that is none.</summary>
    Unreadable,

    NoPrompt,

    NoAnswer,
}
