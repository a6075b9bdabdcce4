using System.Reflection;
using System.Text;

namespace Reflexion.Environments;

/// <summary>Texts that are part of the package.</summary>
internal static class HarnessResource
{
    private static readonly Assembly _package = typeof(HarnessResource).Assembly;

    /// <summary>Reads one by its name.</summary>
    internal static string Read(string name)
    {
        using Stream stream = _package.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The package does not hold '{name}'; it was not built as it should be.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
