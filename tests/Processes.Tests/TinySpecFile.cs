using System.Globalization;

namespace SeedOrleans.Processes.Tests;

/// <summary>The smallest run as a person would write it, without dynamic sampling so that it goes on for as long as it is told.</summary>
internal static class TinySpecFile
{
    public static string Write(TemporaryFolder folder, int steps)
    {
        var file = folder.File("tiny.yaml");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"""
            name: tiny
            model:
              tokenizer: characters
              shape:
                hidden_size: 32
                layers: 1
                attention_heads: 2
                key_value_heads: 1
                intermediate_size: 32
                context: 48
                experts: 2
                experts_per_token: 1
            data:
              max_prompt_tokens: 16
              train:
                - task: addition
                  difficulty: 1
                  count: 48
              evaluation:
                - task: addition
                  difficulty: 1
                  count: 12
            cold_start:
              steps: 40
              batch_size: 32
              optimizer:
                learning_rate: 5e-3
            algorithm:
              preset: dapo
              overlong_cache_tokens: 4
              dynamic_sampling: false
            rollout:
              max_response_tokens: 16
              slots: 32
            training:
              steps: {steps}
              prompts_per_step: 4
              group_size: 4
              optimizer:
                learning_rate: 1e-6
            """));
        return file;
    }
}
