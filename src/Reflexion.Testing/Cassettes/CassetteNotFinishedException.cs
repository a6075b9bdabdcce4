namespace Reflexion.Testing;

/// <summary>A cassette holds calls that were not asked for.</summary>
/// <remarks><example><code>FluentActions.Invoking(cassette.AssertAllPlayed).Should().Throw&lt;CassetteNotFinishedException&gt;();</code></example></remarks>
public sealed class CassetteNotFinishedException : InvalidOperationException
{
    internal CassetteNotFinishedException(string message, int left)
        : base(message)
    {
        Left = left;
    }

    /// <summary>How many recorded calls were not asked for.</summary>
    public int Left { get; }
}
