using System.Text.Json;

namespace SeedOrleans.Engine.Data.Files;

/// <summary>A row before its columns are judged: an object, or the reason why there is none.</summary>
internal readonly record struct RawRow(int Number, JsonElement Columns, string? Problem);
