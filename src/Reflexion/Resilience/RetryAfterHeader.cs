using System.Globalization;

namespace Reflexion;

/// <summary>Reads the HTTP header <c>Retry-After</c> (RFC 9110, section 10.2.3).</summary>
public static class RetryAfterHeader
{
    /// <summary>Reads a header's value.</summary>
    /// <param name="value">Seconds (fractions allowed) or an HTTP date; null for a missing header.</param>
    /// <param name="time">The clock that a date is compared with; null for the system's.</param>
    /// <returns>How long to wait, not negative; null where the value is missing or unreadable.</returns>
    public static TimeSpan? Parse(string? value, TimeProvider? time = null)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double seconds))
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
        }

        if (!DateTimeOffset.TryParseExact(value?.Trim(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
        {
            return null;
        }

        TimeSpan wait = date - (time ?? TimeProvider.System).GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
