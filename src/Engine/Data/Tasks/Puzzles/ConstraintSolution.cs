namespace SeedOrleans.Engine.Data.Tasks.Puzzles;

/// <param name="Values">A value for each variable.</param>
/// <param name="Order">Variables in the order in which the search set them: those that had one value left come first.</param>
internal sealed record ConstraintSolution(int[] Values, int[] Order);
