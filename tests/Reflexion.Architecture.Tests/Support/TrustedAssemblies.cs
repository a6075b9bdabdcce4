using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Reflexion.Tests;

/// <summary>Everything this process can load, for a compiler to refer to.</summary>
internal static class TrustedAssemblies
{
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];
}
