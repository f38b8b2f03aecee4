namespace SeedOrleans.Engine.Data.Tasks.Judging;

/// <summary>In what way a number is written.</summary>
internal enum NumberForm
{
    Plain,
    Sum,
    Difference,
    Product,
    Quotient,
}
