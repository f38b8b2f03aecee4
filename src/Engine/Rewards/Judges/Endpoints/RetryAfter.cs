using System.ClientModel.Primitives;
using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Judges.Endpoints;

/// <summary>Reads how long an endpoint asks to be left alone: seconds, or a date (RFC 9110, §10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>Nobody who asks for more means it.</summary>
    private const double MaxSeconds = 86_400;

    public static TimeSpan? Of(PipelineResponse? response, TimeProvider time)
    {
        if (response?.Headers.TryGetValue("Retry-After", out var text) != true)
            return null;

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(Math.Min(seconds, MaxSeconds));

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? TimeSpan.FromSeconds(Math.Clamp((at - time.GetUtcNow()).TotalSeconds, 0, MaxSeconds))
            : null;
    }
}
