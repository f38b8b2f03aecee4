using System.Text.Json.Serialization;
using SeedOrleans.Domain.Runs;

namespace SeedOrleans.Engine.Ledgers;

/// <summary>How a run ended.</summary>
/// <param name="Error">Why it failed; empty unless it did.</param>
public sealed record LedgerEnding(
    [property: JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))] RunStatus Status, string Error, DateTimeOffset EndedAt);
