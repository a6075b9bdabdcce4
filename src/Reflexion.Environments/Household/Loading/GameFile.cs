using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>What is of use in ALFWorld's <c>game.tw-pddl</c>.</summary>
internal sealed record GameFile
{
    [JsonRequired]
    public string PddlProblem { get; init; } = "";

    [JsonRequired]
    public string Grammar { get; init; } = "";

    /// <summary>Missing in a few files; ALFWorld evaluates those as little as the unsolvable ones.</summary>
    public bool Solvable { get; init; }

    public string[]? Walkthrough { get; init; }
}
