using System.Text.Encodings.Web;
using System.Text.Json;

namespace SeedOrleans.Engine.Metrics;

/// <summary>Keeps what a run measures, step by step: as JSON Lines for programs and as TensorBoard events for people.</summary>
/// <remarks>
/// A line is <c>{"step":3,"time":"2026-01-31T12:00:00.0000000+00:00","actor/entropy":0.5,…}</c>, its metrics sorted by name. JSON has
/// no NaN and no infinity, so they are the strings "NaN", "Infinity" and "-Infinity", as System.Text.Json reads them back. A run that
/// went back to a checkpoint repeats steps: the last line of a step counts. For one thread at a time.
/// </remarks>
public sealed class MetricsLog : IDisposable
{
    public const string FileName = "metrics.jsonl";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TimeProvider _time;
    private readonly FileStream _lines;
    private readonly EventFile _events;

    /// <param name="folder">Made when missing. An older log in it is continued; a line cut off by a crash is dropped.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public MetricsLog(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        _time = time;
        _lines = new FileStream(
            Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            DropTornLine(_lines);
            _events = EventFile.Create(folder, time.GetUtcNow());
        }
        catch
        {
            _lines.Dispose();
            throw;
        }
    }

    /// <summary>Adds one line and one event, both handed to the operating system before this returns.</summary>
    /// <param name="metrics">Value by name, such as <c>critic/score/mean</c>.</param>
    /// <exception cref="ArgumentException">A metric is called <c>step</c> or <c>time</c>, which the line itself has.</exception>
    public void Write(int step, IReadOnlyDictionary<string, double> metrics)
    {
        if (metrics.ContainsKey("step") || metrics.ContainsKey("time"))
            throw new ArgumentException("A metric cannot be called step or time: every line has those; name it otherwise.", nameof(metrics));

        var now = _time.GetUtcNow();
        var sorted = metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).ToArray();

        _lines.AppendWhole(Line(step, now, sorted));
        _events.Add(TensorBoardEvent.Scalars(now, step, sorted));
    }

    public void Dispose()
    {
        _lines.Dispose();
        _events.Dispose();
    }

    private static byte[] Line(int step, DateTimeOffset now, KeyValuePair<string, double>[] metrics)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("step", step);
            json.WriteString("time", now.ToString("O"));
            foreach (var (name, value) in metrics)
            {
                if (double.IsFinite(value))
                    json.WriteNumber(name, value);
                else
                    json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
            }

            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private static void DropTornLine(FileStream lines)
    {
        var end = lines.Length;
        while (end > 0)
        {
            lines.Position = end - 1;
            if (lines.ReadByte() == '\n')
                break;

            end--;
        }

        lines.SetLength(end);
        lines.Position = end;
    }
}
