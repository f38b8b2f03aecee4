namespace SeedOrleans.Client.DataTools;

/// <param name="Rule">What is wrong: <c>row</c>, <c>id</c>, <c>style</c>, <c>reference</c> or <c>solution</c>.</param>
internal sealed record DataProblem(string File, int Row, string Rule, string Message);
