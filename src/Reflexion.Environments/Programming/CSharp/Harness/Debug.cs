namespace Reflexion.Harness;

/// <summary>Assertions in the manner of System.Diagnostics.</summary>
public static class Debug
{
    /// <summary>Fails unless the condition holds.</summary>
    public static void Assert(bool condition, string? message = null) => Harness.Assert.True(condition, message);
}
