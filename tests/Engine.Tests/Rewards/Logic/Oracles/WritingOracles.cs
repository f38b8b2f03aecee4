using System.Globalization;

namespace SeedOrleans.Engine.Tests.Rewards.Logic.Oracles;

/// <inheritdoc cref="TaskOracles"/>
internal static class WritingOracles
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["sea"] = "fish wave salt ship sand crab whale tide",
        ["sky"] = "sun moon star wind rain bird cloud snow",
        ["farm"] = "cow hay milk pig barn corn goat plow",
        ["home"] = "bed door lamp roof sofa wall rug sink",
        ["food"] = "rice soup cake bean plum ham egg pie",
        ["town"] = "shop road tram bank park mall cab zoo",
    };

    public static IReadOnlyDictionary<string, Func<string, string, bool>> All { get; } = new Dictionary<string, Func<string, string, bool>>
    {
        ["say"] = (question, answer) => Score(question, answer) == Wished(question) && Said(answer).Length == Wished(question),
    };

    public static int Score(string question, string response)
    {
        var good = 0;
        List<string> left = [.. Words[question.Split(':')[1]].Split(' ').Except(question.Split('-')[1..])];
        foreach (var word in Said(response))
            good += left.Remove(word) ? 1 : 0;

        good = Math.Min(good, Wished(question));
        return good - (Said(response).Length - good);
    }

    private static string[] Said(string response) => response.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int Wished(string question) => int.Parse(question.Split(':')[2].Split('-')[0], CultureInfo.InvariantCulture);
}
