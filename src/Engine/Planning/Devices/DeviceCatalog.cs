using System.Text.Json;

namespace SeedOrleans.Engine.Planning.Devices;

/// <summary>The devices that plans can be made for: <c>devices.json</c>, from what their makers publish.</summary>
public static class DeviceCatalog
{
    private static readonly JsonSerializerOptions Spelling = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<DeviceKind> All { get; } = Read();

    /// <returns>Null where there is none of that name, in whatever case.</returns>
    public static DeviceKind? Find(string name) => All.FirstOrDefault(kind => string.Equals(kind.Name, name, StringComparison.OrdinalIgnoreCase));

    private static DeviceKind[] Read()
    {
        using var json = typeof(DeviceCatalog).Assembly.GetManifestResourceStream("devices.json")!;
        return JsonSerializer.Deserialize<DeviceKind[]>(json, Spelling)!;
    }
}
