using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>A problem that is part of the package.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Difficulty">How hard it is.</param>
/// <param name="EntryPoint">The method asked for.</param>
/// <param name="Prompt">Documentation and signature.</param>
/// <param name="Tests">The hidden tests.</param>
/// <param name="Solution">The method, complete.</param>
internal sealed record BuiltInProblem(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("difficulty")] string Difficulty,
    [property: JsonPropertyName("entryPoint")] string EntryPoint,
    [property: JsonPropertyName("prompt")] ImmutableArray<string> Prompt,
    [property: JsonPropertyName("tests")] ImmutableArray<string> Tests,
    [property: JsonPropertyName("solution")] ImmutableArray<string> Solution);
