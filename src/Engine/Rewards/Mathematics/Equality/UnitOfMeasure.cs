namespace SeedOrleans.Engine.Rewards.Mathematics.Equality;

/// <param name="Dimension">What it measures, as powers of base dimensions in a fixed order; for words that are no unit, the words.</param>
/// <param name="Factor">How many of the dimension's own units it is.</param>
/// <param name="IsKnown">Whether it is a unit of the catalogue, so that another dimension is certainly wrong.</param>
internal sealed record UnitOfMeasure(string Dimension, ExactNumber Factor, bool IsKnown);
