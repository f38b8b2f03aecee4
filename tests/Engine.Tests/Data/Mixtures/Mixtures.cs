using System.Text.Json;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Engine.Data.Mixtures;

namespace SeedOrleans.Engine.Tests.Data.Mixtures;

/// <summary>Mixtures to try, and policies that answer as a test says.</summary>
internal static class Mixtures
{
    /// <summary>Arithmetic has a ladder of three levels and half of the prompts; logic and a file have a quarter each.</summary>
    public static DataSpec Data => new()
    {
        Train =
        [
            new DataSource { Task = "addition", Difficulty = 1, Hardest = 3, Count = 10, Weight = 2 },
            new DataSource { Task = "truth-table", Difficulty = 1, Count = 10 },
            new DataSource { File = "/data/gsm8k.jsonl", Domain = "words" },
        ],
        Mixture = new MixtureSpec { Adapt = true },
        Ladder = new LadderSpec { Window = 8 },
    };

    public static Mixture Of(DataSpec data) => Mixture.Of(data)!;

    /// <summary>One step after a state, of so many groups.</summary>
    /// <param name="passRate">Of a group, by what was drawn.</param>
    public static MixtureState Step(Mixture mixture, MixtureState state, ref long cursor, int groups, Func<MixtureDraw, double> passRate)
    {
        var draws = new MixtureDraws(mixture, state, seed: 7, cursor);
        cursor += groups;
        return MixtureSteps.After(
            mixture, state, [.. Enumerable.Range(0, groups).Select(draws.At).Select(draw => new GroupOutcome(draw, passRate(draw)))]);
    }

    /// <summary>Records with lists are equal where their texts are.</summary>
    public static string Text(MixtureState state) => JsonSerializer.Serialize(state);
}
