using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>A set of problems that is part of the package.</summary>
/// <param name="Version">The version of its format.</param>
/// <param name="Language">What its problems are written in.</param>
/// <param name="Problems">The problems. Texts of several lines are given line by line.</param>
internal sealed record BuiltInSet(
    [property: JsonPropertyName("version")] int Version,
    [property: JsonPropertyName("language")] string Language,
    [property: JsonPropertyName("problems")] ImmutableArray<BuiltInProblem> Problems);
