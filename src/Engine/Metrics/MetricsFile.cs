using System.Text.Json;

namespace SeedOrleans.Engine.Metrics;

/// <summary>Reads back what <see cref="MetricsLog"/> wrote.</summary>
public static class MetricsFile
{
    /// <param name="path">A metrics.jsonl, or the folder it lies in.</param>
    /// <returns>The values of one metric by step, in the order of steps; the last line of a step counts.</returns>
    /// <exception cref="MetricsFileException">It cannot be read, or a line is no JSON object.</exception>
    public static IReadOnlyList<(int Step, double Value)> Read(string path, string metric)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, MetricsLog.FileName) : path;
        var values = new SortedDictionary<int, double>();
        var number = 0;
        try
        {
            foreach (var line in File.ReadLines(file))
            {
                number++;
                using var json = JsonDocument.Parse(line);
                if (json.RootElement.TryGetProperty(metric, out var value) && value.ValueKind == JsonValueKind.Number)
                    values[json.RootElement.GetProperty("step").GetInt32()] = value.GetDouble();
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new MetricsFileException($"{file}:{number}: this is no line of metrics; give a run's folder or its metrics.jsonl.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new MetricsFileException($"{file} cannot be read ({failure.Message}); give a run's folder or its metrics.jsonl.");
        }

        return [.. values.Select(entry => (entry.Key, entry.Value))];
    }
}
