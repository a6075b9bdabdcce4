namespace Reflexion.Environments;

/// <summary>How many receptacles of a type a room has.</summary>
/// <param name="Type">The type.</param>
/// <param name="Min">The fewest, where there are any.</param>
/// <param name="Max">The most.</param>
/// <param name="Percent">How many of a hundred rooms have any.</param>
internal sealed record ReceptacleEntry(string Type, int Min, int Max, int Percent = 100);
