namespace Reflexion.Testing;

/// <summary>A script holds turns that nobody asked for.</summary>
/// <remarks><example><code>FluentActions.Invoking(client.AssertAllPlayed).Should().Throw&lt;ScriptNotFinishedException&gt;();</code></example></remarks>
/// <param name="played">How many turns were played.</param>
/// <param name="left">How many were not.</param>
public sealed class ScriptNotFinishedException(int played, int left)
    : InvalidOperationException($"{left} of {played + left} scripted turns were never asked for: the code under test made fewer calls than the script expects.")
{
    /// <summary>How many turns were not played.</summary>
    public int Left { get; } = left;
}
