using System.Text.Json;

namespace SeedOrleans.Client.Tests.DataTools;

/// <summary>Files of a test; gone with it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("seed-data-").FullName;

    public string this[string file] => Path.Combine(_path, file);

    /// <returns>The names of all that is there, in order.</returns>
    public IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(_path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public string Write(string file, params IEnumerable<string> lines)
    {
        File.WriteAllLines(this[file], lines);
        return this[file];
    }

    public string[] Lines(string file) => File.ReadAllLines(this[file]);

    public IEnumerable<JsonElement> Json(string file) => Lines(file).Select(line => JsonDocument.Parse(line).RootElement);

    public static string Question(string question, string answer, string? id = null, string style = "rule", string? solution = null) =>
        JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["id"] = id,
            ["data_source"] = "test",
            ["prompt"] = new[] { new { role = "system", content = "You are a careful helper who thinks about every single question for as long as it takes." }, new { role = "user", content = question } },
            ["reward_model"] = new { style, ground_truth = answer },
            ["solution"] = solution,
            ["extra_info"] = new { kept = true },
        });

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
