using System.Text.RegularExpressions;

namespace Reflexion.Tests;

/// <summary>Finds paths of one machine, and hosts of package registries: both fail on the next machine.</summary>
internal static partial class MachineTraces
{
    public static IEnumerable<string> In(string text) => Trace().Matches(text).Select(match => match.Value);

    [GeneratedRegex(
        """(?<![\w.~)}>*-])/(home|root|work|Users)/[\w.-]+|\b[A-Z]:\\Users\\|\b(nuget|npmjs|pypi|pythonhosted|debian|ubuntu|crates|docker|ghcr)\.(org|io|com)\b""")]
    private static partial Regex Trace();
}
