namespace Reflexion.Tests;

/// <summary>What an objective says to bad arguments.</summary>
internal static class Refusal
{
    public static void Refuses(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
}
