using System.Runtime.Versioning;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>What is left where a system has no namespaces.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PlainLauncherTests
{
    private static readonly ProcessSandboxOptions Plain = new() { WithoutNamespaces = true };

    [Fact]
    public async Task It_says_what_is_not_contained()
    {
        await using var sandbox = await ProcessSandbox.CreateAsync(Plain);

        sandbox.Containment.IsComplete.Should().BeFalse();
        sandbox.Containment.Should().BeEquivalentTo(new { Network = false, Files = false, ProcessTree = false, Resources = OperatingSystem.IsLinux(), ProcessCount = false });
        sandbox.Containment.Description.Should().Contain("NOT contained: the network, the files this user can reach, the number of processes, other processes of this user (those that judge programs included)")
            .And.Contain("Why: Namespaces were not wanted. Run programs that nobody trusts on Linux");
    }

    [Fact]
    public async Task Who_requires_containment_is_told_what_to_do() =>
        (await FluentActions.Awaiting(() => ProcessSandbox.CreateAsync(Plain with { RequireContainment = true }).AsTask()).Should().ThrowAsync<SandboxException>())
            .WithMessage("Containment is required, but this machine does not allow it. Programs run as ordinary processes*NOT contained*Run programs that nobody trusts on Linux as root or with user namespaces allowed, or inside a container or virtual machine.");

    [ContainedFact]
    public async Task Who_requires_containment_gets_it()
    {
        await using var sandbox = await ProcessSandbox.CreateAsync(new ProcessSandboxOptions { RequireContainment = true });

        sandbox.Containment.IsComplete.Should().BeTrue();
    }

    [PythonFact]
    public async Task A_program_has_a_folder_of_its_own_which_goes_with_it()
    {
        await using var sandbox = await ProcessSandbox.CreateAsync(Plain);
        var command = PythonProgram.Command("import os, sys; print(os.getcwd()); print(sorted(os.environ), os.listdir(), open('data').read(), sys.stdin.read()); os.symlink('/', 'root'); sys.exit(4)");

        var (exit, output) = await sandbox.RunAsync(command with { Files = command.Files.Add("data", "text"u8.ToArray()) }, "input");

        var lines = output.Split('\n');
        lines[1].Should().Be("['LC_CTYPE', 'PWD'] ['data'] text input", "the shell sets its folder and Python its language");
        exit.Should().Be(new SandboxExit(SandboxEnd.Exited, 4, string.Empty));
        Path.GetFileName(lines[0]).Should().StartWith("reflexion-sandbox-");
        Directory.Exists(lines[0]).Should().BeFalse();
    }

    [PythonFact]
    public async Task Time_output_memory_and_file_size_are_limited()
    {
        using var host = new HostWatch();
        await using var sandbox = await ProcessSandbox.CreateAsync(Plain);
        async Task<SandboxExit> Run(string program, SandboxLimits limits) => (await sandbox.RunAsync(PythonProgram.Command($"# {host.Marker}\n{program}", limits))).Exit;

        (await Run("while True: pass", new SandboxLimits { WallClock = TimeSpan.FromSeconds(0.5) })).End.Should().Be(SandboxEnd.WallClock);
        (await Run("while True: pass", new SandboxLimits { CpuTime = TimeSpan.FromSeconds(1), WallClock = TimeSpan.FromMinutes(1) })).End.Should().Be(SandboxEnd.CpuTime);
        (await Run("while True: print('x' * 1000)", new SandboxLimits { OutputBytes = 10_000 })).End.Should().Be(SandboxEnd.Output);
        (await Run("open('big', 'wb').write(b'x' * 3000000)", new SandboxLimits())).ErrorOutput.Should().Contain("File too large");
        if (OperatingSystem.IsLinux())
        {
            (await Run("b'x' * (1 << 30)", new SandboxLimits())).ErrorOutput.Should().Contain("MemoryError");
        }

        host.ShouldBeUnharmed();
    }

    [PythonFact]
    public async Task Children_end_with_the_wall_clock()
    {
        using var host = new HostWatch();
        await using var sandbox = await ProcessSandbox.CreateAsync(Plain);
        var command = PythonProgram.Command($"import os\nos.fork(); os.fork()\nwhile True: pass # {host.Marker}", new SandboxLimits { WallClock = TimeSpan.FromSeconds(0.5) });

        (await sandbox.RunAsync(command)).Exit.End.Should().Be(SandboxEnd.WallClock);

        host.ShouldBeUnharmed();
    }

    [PythonFact]
    public async Task A_process_that_left_the_tree_does_not_hold_up_the_end()
    {
        await using var sandbox = await ProcessSandbox.CreateAsync(Plain);
        var command = PythonProgram.Command("""
            import os, sys
            child = os.fork()
            if child == 0:
                os.setsid()
                os.execv('/bin/sleep', ['sleep', '600'])
            print(child, flush=True)
            """);

        var (exit, output) = await sandbox.RunAsync(command);
        exit.Should().Be(new SandboxExit(SandboxEnd.Exited, 0, string.Empty));

        using var escaped = System.Diagnostics.Process.GetProcessById(int.Parse(output));
        escaped.Kill();
    }

    [Fact]
    public async Task What_is_no_program_is_refused()
    {
        await using var sandbox = await ProcessSandbox.CreateAsync(Plain);

        await sandbox.Invoking(plain => plain.StartAsync(new SandboxCommand { FileName = "/no/such/program" }, default).AsTask()).Should().ThrowAsync<SandboxException>();
    }
}
