namespace SeedOrleans.Engine.Rewards.Code;

/// <summary>A reference that says in no known way how to test a program.</summary>
public sealed class CodeProblemFormatException(string problem)
    : Exception($"The reference is no set of tests: {problem}. Write a JSON object such as "
        + """{"inputs": ["21"], "outputs": ["42"]} or {"asserts": ["assert double(2) == 4"]}, or Python statements that begin with assert.""");
