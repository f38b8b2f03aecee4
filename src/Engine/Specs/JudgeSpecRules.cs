using System.Collections.Immutable;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>What a judge's keys must be, alone and to each other: for a run's spec, and for whoever makes one elsewhere.</summary>
public static class JudgeSpecRules
{
    private const string Endpoint = "endpoint", Model = "model", ModelPath = "path";

    /// <returns>Every mistake with its key, in the keys' order: numbers out of range first, then what does not fit together.</returns>
    public static ImmutableArray<(string Key, string Problem)> Problems(JudgeSpec judge)
    {
        var problems = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var property in SpecProperty.Of(typeof(JudgeSpec)))
        {
            if (property.Range is { } range && property.Property.GetValue(judge) is IConvertible value
                && !range.Contains(value.ToDouble(null)))
            {
                problems.Add((property.Key, $"{FormattableString.Invariant($"{value}")} must be {range}"));
            }
        }

        Check(judge, (key, problem) => problems.Add((key, problem)));
        return problems.DrainToImmutable();
    }

    /// <summary>What does not fit together; ranges are the reader's.</summary>
    /// <param name="add">Takes a key of the judge, and what is wrong with it.</param>
    public static void Check(JudgeSpec judge, Action<string, string> add)
    {
        CheckPlace(judge, add);
        if (judge.Endpoint is null)
            CheckEmbedded(judge, add);

        if (judge.TotalDeadlineSeconds < judge.DeadlineSeconds)
            add("total_deadline_seconds", FormattableString.Invariant($"{judge.TotalDeadlineSeconds} is less than the {judge.DeadlineSeconds} of one call"));

        if (judge.SpendCap is not null && judge.InputPrice <= 0 && judge.OutputPrice <= 0)
            add("spend_cap", "caps nothing without prices; give input_price and output_price");
    }

    private static void CheckPlace(JudgeSpec judge, Action<string, string> add)
    {
        if (judge.Endpoint is not null && judge.Path is not null)
            add(Endpoint, "stands beside a path; keep one");

        if (judge.Endpoint is null && judge.Path is null)
            add(Endpoint, "is missing, and so is path; give an endpoint and a model's name, or the folder of a policy");

        if (judge.Endpoint is { } address && !IsAddress(address))
            add(Endpoint, $"'{address}' is no http or https address such as http://127.0.0.1:8000/v1");

        if (judge.Endpoint is not null && string.IsNullOrWhiteSpace(judge.Model))
            add(Model, "is missing: an endpoint serves models by name");

        if (judge.Endpoint is null && judge.Path is not null && judge.Model is not null)
            add(Model, "names a model at an endpoint, and there is none; a policy is its path alone");

        if (judge.Path is { } folder && string.IsNullOrWhiteSpace(folder))
            add(ModelPath, "is empty; name the folder of a policy");
    }

    /// <summary>What has a meaning at an endpoint alone.</summary>
    private static void CheckEmbedded(JudgeSpec judge, Action<string, string> add)
    {
        foreach (var (key, isGiven) in (ReadOnlySpan<(string, bool)>)
        [
            ("api_key_variable", judge.ApiKeyVariable is not null),
            ("requests_per_minute", judge.RequestsPerMinute is not null),
            ("tokens_per_minute", judge.TokensPerMinute is not null),
            ("spend_cap", judge.SpendCap is not null),
            ("cache", judge.Cache is not null),
        ])
        {
            if (isGiven)
                add(key, "is for an endpoint, and there is none; leave it out");
        }
    }

    private static bool IsAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0;
}
