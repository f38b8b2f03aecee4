namespace SeedOrleans.Engine.Models;

/// <summary>How parallel ranks cut a tensor (tensor ranks: Shoeybi et al., Megatron-LM, arXiv:1909.08053, §3).</summary>
public enum Slicing
{
    /// <summary>Not at all: every rank holds it.</summary>
    Whole,

    /// <summary>Each part's rows are dealt to tensor ranks: a column-parallel layer, whose outputs are sliced.</summary>
    Rows,

    /// <summary>Columns are dealt to tensor ranks: a row-parallel layer, whose inputs are sliced and whose outputs add up.</summary>
    Columns,

    /// <summary>Whole experts are dealt to expert ranks.</summary>
    Experts,
}
