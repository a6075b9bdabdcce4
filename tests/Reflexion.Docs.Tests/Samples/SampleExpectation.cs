namespace Reflexion.Tests;

/// <summary>What a sample prints when it is run without arguments.</summary>
/// <param name="Name">The sample's folder.</param>
/// <param name="Fragments">Texts that its output holds, in this order.</param>
internal sealed record SampleExpectation(string Name, params string[] Fragments)
{
    public static IReadOnlyList<SampleExpectation> All { get; } = [];
}
