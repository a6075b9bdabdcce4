namespace Reflexion.Tests;

/// <summary>A request that a hub got.</summary>
internal sealed record HubRequest(int Number, string Path, string? Authorization, string? Range, string? IfRange)
{
    /// <summary>The first byte asked for.</summary>
    internal int From => Range is null ? 0 : int.Parse(Range.AsSpan("bytes=".Length, Range.Length - "bytes=-".Length), System.Globalization.CultureInfo.InvariantCulture);
}
