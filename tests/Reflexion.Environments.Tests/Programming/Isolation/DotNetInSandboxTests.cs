using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class DotNetInSandboxTests
{
    [Fact]
    public void A_command_for_dotnet_bounds_the_heap_and_leaves_room_for_what_is_only_reserved()
    {
        var command = new SandboxCommand { FileName = "/dotnet", Limits = new SandboxLimits { MemoryBytes = 256 << 20 } }.ForDotNet();

        command.Environment.Should().Contain("DOTNET_GCHeapHardLimit", "8000000").And.Contain("DOTNET_EnableWriteXorExecute", "0").And.Contain("DOTNET_EnableDiagnostics", "0");
        command.Limits.AddressSpaceBytes.Should().Be((256L << 20) + (4L << 30));
        command.Limits.MemoryBytes.Should().Be(256 << 20);
    }

    [Fact]
    public void An_address_space_that_was_given_stays() =>
        new SandboxCommand { FileName = "/dotnet", Limits = new SandboxLimits { AddressSpaceBytes = 8L << 30 } }.ForDotNet().Limits.AddressSpaceBytes.Should().Be(8L << 30);

    [ContainedFact]
    public async Task Dotnet_starts_under_the_limits()
    {
        var folder = Path.GetDirectoryName(Environment.ProcessPath)!;
        await using var sandbox = await ProcessSandbox.CreateAsync(new ProcessSandboxOptions { RequireContainment = true });

        var (exit, output) = await sandbox.RunAsync(new SandboxCommand { FileName = Environment.ProcessPath!, Arguments = ["--list-runtimes"], ReadableFolders = [folder] }.ForDotNet());

        exit.ErrorOutput.Should().BeEmpty();
        output.Should().Contain("Microsoft.NETCore.App 10.");
    }
}
