using System.Globalization;
using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Planning.Devices;

/// <summary>Devices of one kind that a run may use.</summary>
public sealed partial record DevicePool(DeviceKind Kind, int Count)
{
    private const int Most = 1 << 16;

    /// <summary>All ways to write one.</summary>
    public static string Spelling => $"a number and a kind, as 64xH100, or cpu:4 for cores of this machine; kinds are {string.Join(", ", DeviceCatalog.All.Select(kind => kind.Name))}";

    /// <summary>Cores of this machine, which share its memory.</summary>
    public static DevicePool Cores(int count) =>
        new(DeviceCatalog.Find(DeviceKind.Core)! with { MemoryGb = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9 / count }, count);

    /// <param name="text"><c>64xH100</c>, <c>cpu:4</c>, <c>cpu</c>.</param>
    /// <returns>Null where it is none; see <see cref="Spelling"/>.</returns>
    public static DevicePool? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
            return null;

        var (before, after) = (match.Groups["before"].Value, match.Groups["after"].Value);
        if (before.Length > 0 && after.Length > 0)
            return null;

        var number = before + after;
        var isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count);
        if (DeviceCatalog.Find(match.Groups["kind"].Value) is not { } kind || (number.Length > 0 && !(isNumber && count is >= 1 and <= Most)))
            return null;

        return kind.IsCore ? Cores(isNumber ? count : Environment.ProcessorCount) : new DevicePool(kind, isNumber ? count : 1);
    }

    public override string ToString() => Kind.IsCore
        ? string.Create(CultureInfo.InvariantCulture, $"cpu:{Count}")
        : string.Create(CultureInfo.InvariantCulture, $"{Count}x{Kind.Name}");

    [GeneratedRegex("^((?<before>[0-9]+)x)?(?<kind>[A-Za-z][A-Za-z0-9-]*?)(:(?<after>[0-9]+))?$")]
    private static partial Regex Form();
}
