namespace Reflexion.Tests;

/// <summary>A clock that stands still, so that logs of equal runs are equal.</summary>
internal sealed class FrozenTime : TimeProvider
{
    public override long GetTimestamp() => 0;
}
