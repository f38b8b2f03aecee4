using System.Text.Json;

namespace SeedOrleans.Engine.Ledgers;

internal static class LedgerJson
{
    /// <summary>Compact and in the order of declaration, so that equal records have equal bytes.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
