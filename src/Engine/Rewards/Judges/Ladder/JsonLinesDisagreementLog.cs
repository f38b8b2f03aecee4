using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SeedOrleans.Engine.Rewards.Judges.Ladder;

/// <summary>Appends disagreements to a file, a JSON object a line.</summary>
/// <remarks>Opened for each: they are rare, and a line that was written is there. Several processes may append to one file.</remarks>
public sealed class JsonLinesDisagreementLog(string file) : IDisagreementLog, IDisposable
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly SemaphoreSlim _turn = new(1);

    public async ValueTask AddAsync(Disagreement disagreement, CancellationToken cancellationToken)
    {
        var line = JsonSerializer.Serialize(disagreement, Format) + "\n";
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await File.AppendAllTextAsync(file, line, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
