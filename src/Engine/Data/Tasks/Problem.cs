namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>One generated question.</summary>
/// <param name="GroundTruth">What the task's verifier needs: the final answer, or the rules that a right answer obeys.</param>
/// <param name="WorkedSolution">A right response with its steps: <c>step,step;answer</c>.</param>
public sealed record Problem(string Question, string GroundTruth, string WorkedSolution);
