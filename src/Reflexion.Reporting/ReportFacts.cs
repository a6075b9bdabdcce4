using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Named facts, in an order that does not depend on the culture.</summary>
internal static class ReportFacts
{
    internal static ImmutableSortedDictionary<string, string> None { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
