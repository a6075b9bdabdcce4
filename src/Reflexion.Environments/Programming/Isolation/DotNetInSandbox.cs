using System.Globalization;

namespace Reflexion.Environments;

/// <summary>What the .NET runtime needs to run under a sandbox's limits.</summary>
internal static class DotNetInSandbox
{
    // It reserves, without using it, a multiple of the heap and room for compiled code.
    private const long ReservedBytes = 4L << 30;

    /// <summary>The command with the settings without which `dotnet` does not start under its limits: a bounded heap, so that too much memory is an
    /// OutOfMemoryException; no file as large as all code that might be compiled; no ports for debuggers.</summary>
    public static SandboxCommand ForDotNet(this SandboxCommand command)
    {
        var limits = command.Limits;
        var heap = (limits.MemoryBytes / 2).ToString("X", CultureInfo.InvariantCulture);
        return command with
        {
            Environment = command.Environment
                .SetItem("DOTNET_GCHeapHardLimit", heap)
                .SetItem("DOTNET_EnableWriteXorExecute", "0")
                .SetItem("DOTNET_EnableDiagnostics", "0")
                .SetItem("DOTNET_gcConcurrent", "0")
                .SetItem("DOTNET_TieredPGO", "0"),
            Limits = limits with { AddressSpaceBytes = limits.AddressSpaceBytes ?? limits.MemoryBytes + ReservedBytes },
        };
    }
}
