using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SeedOrleans.Providers.Membership;

/// <summary>The whole membership table as one JSON blob: whoever changes a row changes the version too, and only one can.</summary>
internal sealed record MembershipDocument
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public int Version { get; init; }

    /// <summary>By the silo's parsable address.</summary>
    public ImmutableSortedDictionary<string, MemberRow> Members { get; init; } = ImmutableSortedDictionary.Create<string, MemberRow>(StringComparer.Ordinal);

    /// <exception cref="JsonException">The bytes are no such document.</exception>
    public static MembershipDocument Parse(ReadOnlyMemory<byte> content) =>
        JsonSerializer.Deserialize<MembershipDocument>(content.Span, Json) ?? throw new JsonException("The membership table is empty.");

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    public TableVersion TableVersion() => new(Version, EtagOf(Version));

    public static string EtagOf(int version) => version.ToString(CultureInfo.InvariantCulture);
}
