namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>Makes problems without end whose answers a rule can check.</summary>
/// <remarks>
/// One convention for all tasks, short enough for a model that reads single characters: a question ends in <c>=</c>; a
/// response is steps joined by commas, then a semicolon, then the final answer. What stands after the last semicolon is judged
/// (the whole response where there is none), so steps may be left out.
/// </remarks>
public interface ITask
{
    /// <summary>Lower case, words joined by '-'.</summary>
    string Name { get; }

    TaskFamily Family { get; }

    /// <summary>Which verifier judges answers: <c>task:</c> and the name where a rule of its own does.</summary>
    string RewardStyle { get; }

    string Description { get; }

    /// <summary>The rules in plain words, and the exact form of question and answer: all that a person needs who never saw one.</summary>
    string Instructions { get; }

    string DifficultyMeaning { get; }

    /// <summary>Difficulties go from 1 to this.</summary>
    int MaxDifficulty { get; }

    /// <summary>Every character that its questions and worked solutions use.</summary>
    string Alphabet { get; }

    /// <summary>A pure function of its arguments; different indices may give the same problem.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="difficulty"/> is not in [1, <see cref="MaxDifficulty"/>].</exception>
    Problem Generate(int difficulty, ulong seed, int index);

    /// <returns>A small problem to show beside the <see cref="Instructions"/>, always the same one.</returns>
    Problem Example() => Generate(1, seed: 1, index: 0);
}
