using System.Globalization;

namespace SeedOrleans.Client.Views;

/// <summary>How the console spells numbers and durations.</summary>
internal static class Figures
{
    /// <returns>A dash where there is no number.</returns>
    public static string Of(double? value, string format = "0.000") =>
        value is { } number && double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "–";

    public static string Of(TimeSpan? duration) => duration switch
    {
        null => "–",
        { TotalHours: >= 1 } span => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours}h {span.Minutes:00}m"),
        { TotalMinutes: >= 1 } span => string.Create(CultureInfo.InvariantCulture, $"{span.Minutes}m {span.Seconds:00}s"),
        { } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0}s"),
    };

    /// <returns>Seconds with two decimals, for what a person compares: 0.12 s.</returns>
    public static string Seconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s");

    public static string Bytes(long count) => count switch
    {
        < 1024 => $"{count} B",
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{count / 1024.0:0.0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{count / (double)(1 << 20):0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / (double)(1 << 30):0.0} GiB"),
    };
}
