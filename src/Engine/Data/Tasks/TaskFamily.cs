namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>What kind of thinking a task asks for.</summary>
public enum TaskFamily
{
    /// <summary>Numbers and their laws.</summary>
    Arithmetic,

    /// <summary>Ciphers and shuffled letters.</summary>
    Cryptic,

    /// <summary>Deduction from statements.</summary>
    Logic,

    /// <summary>Puzzles on a board.</summary>
    Grid,

    /// <summary>Nodes and edges.</summary>
    Graph,

    /// <summary>Moves and choices that must be looked for.</summary>
    Search,

    /// <summary>A state, carried along step by step.</summary>
    Sequential,

    /// <summary>Verdicts on somebody else's answers.</summary>
    Judging,

    /// <summary>Programs that are run to be judged.</summary>
    Programs,

    /// <summary>Answers of which some are better than others, and none is the right one.</summary>
    Writing,
}
