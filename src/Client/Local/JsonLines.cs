using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Local;

/// <summary>Reads a file of JSON objects, one a line, one at a time; blank lines are skipped, and a bad line is named.</summary>
/// <param name="file"><c>-</c> is standard input.</param>
/// <param name="example">What a line looks like, for messages.</param>
internal sealed class JsonLines(string file, string example)
{
    private const string StandardInput = "-";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="CommandFailedException">There is no such file, or it cannot be read.</exception>
    public Stream Open(SeedConsole console)
    {
        try
        {
            return file == StandardInput ? console.OpenInput() : File.OpenRead(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file}: cannot be read ({failure.Message.TrimEnd('.')}); name a file of JSON lines, or - for standard input.");
        }
    }

    /// <param name="parse">Takes a line's place, for messages, and its object.</param>
    /// <exception cref="CommandFailedException">A line is no such object; those before it were handed out.</exception>
    public IEnumerable<T> Read<T>(Stream stream, Func<string, JsonElement, T> parse)
    {
        var name = file == StandardInput ? "standard input" : file;

        // Latin-1 keeps every byte, so that broken UTF-8 is found in its line.
        using var reader = new StreamReader(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var bytes = Encoding.Latin1.GetBytes(line).AsMemory();
            if (number == 1 && bytes.Span.StartsWith(ByteOrderMark))
                bytes = bytes[ByteOrderMark.Length..];

            if (bytes.Span.ContainsAnyExcept(" \t"u8))
                yield return Parse($"{name}:{number}", bytes, parse);
        }
    }

    /// <returns>The line's id, a JSON string or number, as it was written.</returns>
    public string Id(string place, JsonElement line) =>
        !line.TryGetProperty("id", out var id) ? throw Refuse(place, "has no id")
        : id.ValueKind is JsonValueKind.String or JsonValueKind.Number ? id.GetRawText()
        : throw Refuse(place, "has an id that is neither a string nor a number");

    public CommandFailedException Refuse(string place, string problem) => new(ExitCode.Usage, $"{place}: {problem}; a line is {example}.");

    private T Parse<T>(string place, ReadOnlyMemory<byte> line, Func<string, JsonElement, T> parse)
    {
        if (!Utf8.IsValid(line.Span))
            throw Refuse(place, "is no UTF-8; save the file as UTF-8");

        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? parse(place, document.RootElement)
                : throw Refuse(place, "is no JSON object");
        }
        catch (JsonException failure)
        {
            throw Refuse(place, $"is no JSON ({HostileText.OneLine(failure.Message.TrimEnd('.'), 200)})");
        }
    }
}
