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
}
