using System.Globalization;

namespace Reflexion;

/// <summary>Names of episodes and tenants that follow from what they are, so that running an experiment again finds what was done.</summary>
internal static class ExperimentIds
{
    /// <summary><c>experiment/arm/task/seed</c>; a slash or percent sign within a part is written <c>%2F</c> or <c>%25</c>.</summary>
    internal static string Episode(string experiment, string arm, string task, int seed) => Join(experiment, arm, task, seed.ToString(CultureInfo.InvariantCulture));

    internal static string Join(params IEnumerable<string> parts) => string.Join('/', parts.Select(Escape));

    private static string Escape(string part) => part.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);
}
