using System.Text.RegularExpressions;

namespace SeedOrleans.Architecture.Tests;

/// <summary>The arrows between the engine's rooms. A new arrow is a decision, and is drawn here on purpose.</summary>
public sealed partial class EngineRoomsTests
{
    /// <summary>Room, then the rooms it may open.</summary>
    private static readonly Dictionary<string, string[]> Map = new()
    {
        ["Tensors"] = [],
        ["Randomness"] = [],
        ["Devices"] = ["Tensors"],
        ["Specs"] = [],
        ["Planning"] = ["Models", "Parallelism"],
        ["Storage"] = [],
        ["Ledgers"] = ["Storage"],
        ["Checkpointing"] = ["Storage", "Tensors"],
        ["Metrics"] = ["Storage"],
        ["Data"] = ["Randomness"],
        ["Rewards"] = ["Data", "Randomness"],
        ["Parallelism"] = ["Tensors", "Devices"],
        ["Algorithms"] = ["Rewards", "Tensors"],
        ["Models"] = ["Tensors", "Randomness", "Parallelism"],
        ["Rollout"] = ["Models", "Tensors", "Randomness", "Devices", "Data", "Rewards"],
        ["Training"] = ["Models", "Tensors", "Parallelism", "Planning", "Algorithms", "Checkpointing"],
        ["Profiling"] = ["Training", "Models", "Tensors", "Parallelism", "Planning", "Algorithms", "Randomness"],
    };

    public static TheoryData<string> Rooms => [.. ExistingRooms()];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_opens_only_the_rooms_below_it(string room)
    {
        var opened = Directory.EnumerateFiles(Repository.Source("Engine", room), "*.cs", SearchOption.AllDirectories)
            .SelectMany(RoomsNamedIn)
            .Where(other => other != room)
            .Distinct();

        Assert.Empty(opened.Except(Map[room]));
    }

    [Fact]
    public void Every_room_is_on_the_map() => Assert.Empty(ExistingRooms().Except(Map.Keys));

    [Fact]
    public void No_room_reaches_itself()
    {
        foreach (var room in Map.Keys)
            Assert.DoesNotContain(room, Reach(room));
    }

    [Fact]
    public void Rollout_and_training_never_meet()
    {
        Assert.DoesNotContain("Training", Reach("Rollout"));
        Assert.DoesNotContain("Rollout", Reach("Training"));
        Assert.DoesNotContain(Map, room => room.Value.Contains("Rollout") && room.Value.Contains("Training"));
    }

    [Fact]
    public void Algorithms_never_see_a_model() => Assert.DoesNotContain("Models", Reach("Algorithms"));

    /// <summary>Rooms that a file names, in a using or in full, except in its own namespace line.</summary>
    private static IEnumerable<string> RoomsNamedIn(string file) => File.ReadLines(file)
        .Where(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
        .SelectMany(line => NamedRoom().Matches(line))
        .Select(match => match.Groups[1].Value);

    private static HashSet<string> Reach(string room)
    {
        HashSet<string> reached = [];
        Queue<string> open = new(Map[room]);
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next))
                Array.ForEach(Map[next], open.Enqueue);
        }

        return reached;
    }

    private static IEnumerable<string> ExistingRooms() => Directory.EnumerateDirectories(Repository.Source("Engine"))
        .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
        .Select(folder => Path.GetFileName(folder))
        .Where(folder => folder is not ("bin" or "obj"));

    [GeneratedRegex(@"\bSeedOrleans\.Engine\.(\w+)")]
    private static partial Regex NamedRoom();
}
