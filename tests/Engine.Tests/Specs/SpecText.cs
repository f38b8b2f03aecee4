using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Engine.Tests.Specs;

/// <summary>A spec without a mistake, to make mistakes in.</summary>
internal static class SpecText
{
    public static readonly IReadOnlyDictionary<string, int> Tasks = new Dictionary<string, int> { ["addition"] = 20, ["countdown"] = 5 };

    public const string Valid = """
        name: first
        model:
          tokenizer: characters
          shape:
            hidden_size: 64
            layers: 2
            attention_heads: 4
            key_value_heads: 2
            intermediate_size: 64
            context: 64
            experts: 4
        data:
          max_prompt_tokens: 16
          train:
            - task: addition
              difficulty: 2
        algorithm:
          preset: dapo
        rollout:
          max_response_tokens: 32
        training:
          steps: 10
          prompts_per_step: 8
          group_size: 4
          optimizer:
            learning_rate: 1e-6
        """;

    /// <summary>The valid spec with one piece of its text replaced; the piece must be there.</summary>
    public static string With(string piece, string replacement)
    {
        Assert.Contains(piece, Valid, StringComparison.Ordinal);
        return Valid.Replace(piece, replacement, StringComparison.Ordinal);
    }

    public static SpecReading Parse(string text, params string[] overrides) => RunSpecReader.Parse(text, "run.yaml", overrides, Tasks);
}
