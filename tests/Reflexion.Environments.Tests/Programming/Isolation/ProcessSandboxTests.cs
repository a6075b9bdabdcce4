using System.Collections.Immutable;
using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class ProcessSandboxTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private ProcessSandbox Sandbox => fixture.Sandbox;

    [ContainedFact]
    public void Where_namespaces_are_allowed_containment_is_complete()
    {
        Sandbox.Containment.IsComplete.Should().BeTrue();
        Sandbox.Containment.Description.Should().StartWith("Programs run in Linux namespaces of their own").And.Contain("NOT contained: the kernel itself");
    }

    [ContainedFact]
    public async Task A_program_runs_in_an_empty_folder_with_an_empty_environment()
    {
        var (exit, output) = await Sandbox.RunAsync(PythonProgram.Command("import os, sys; print(sys.stdin.read(), sorted(os.environ), os.getcwd(), os.listdir())"), "hello");

        output.Should().Be("hello ['LC_CTYPE'] /work []\n", "Python itself sets the one variable");
        exit.Should().Be(new SandboxExit(SandboxEnd.Exited, 0, string.Empty));
    }

    [ContainedFact]
    public async Task The_system_s_own_tools_run_too()
    {
        var (exit, output) = await Sandbox.RunAsync(new SandboxCommand { FileName = "/usr/bin/env", Environment = ImmutableDictionary<string, string>.Empty.Add("A", "b c") });

        output.Should().Be("A=b c\n");
        exit.ExitCode.Should().Be(0);
    }

    [ContainedFact]
    public async Task Files_are_there_to_the_byte_and_arguments_arrive_as_they_are()
    {
        var bytes = Enumerable.Range(0, 200_000).Select(index => (byte)(index * 31)).ToArray();
        var command = PythonProgram.Command("import sys, hashlib, os; print(hashlib.sha256(open('data', 'rb').read()).hexdigest(), open('-a b.txt').read(), sorted(os.listdir()), sys.argv[1:], repr(sys.stdin.read()))");
        command = command with
        {
            Arguments = [.. command.Arguments, "a 'b' \"c\" $d `e`", "", "--", "ü\n"],
            Files = command.Files.Add("data", bytes).Add("-a b.txt", "text"u8.ToArray()).Add("empty", default),
        };

        var (exit, output) = await Sandbox.RunAsync(command, "the input");

        exit.ErrorOutput.Should().BeEmpty();
        output.Should().Be($"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))} text ['-a b.txt', 'data', 'empty'] "
            + "['a \\'b\\' \"c\" $d `e`', '', '--', 'ü\\n'] 'the input'\n");
    }

    [ContainedFact]
    public async Task Input_and_output_flow_while_it_runs()
    {
        await using var process = await Sandbox.StartAsync(PythonProgram.Command("import sys\nfor line in sys.stdin: print(line.strip().upper(), flush=True)"), default);
        using var reader = new StreamReader(process.Output);

        foreach (var word in new[] { "one", "two", "three" })
        {
            await process.Input.WriteAsync(System.Text.Encoding.UTF8.GetBytes(word + "\n"));
            (await reader.ReadLineAsync()).Should().Be(word.ToUpperInvariant());
        }

        process.Input.Close();
        (await process.WaitAsync(default)).ExitCode.Should().Be(0);
    }

    [ContainedFact]
    public async Task The_exit_code_and_the_error_output_are_told()
    {
        var (exit, _) = await Sandbox.RunAsync(PythonProgram.Command("import sys; sys.stderr.write('it failed'); sys.exit(3)"));

        exit.Should().Be(new SandboxExit(SandboxEnd.Exited, 3, "it failed"));
    }

    [ContainedFact]
    public async Task A_crash_is_not_an_exit()
    {
        var (exit, _) = await Sandbox.RunAsync(PythonProgram.Command("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"));

        exit.Should().Be(new SandboxExit(SandboxEnd.Crashed, null, string.Empty));
    }

    [ContainedFact]
    public async Task Nothing_is_left_from_one_execution_for_the_next()
    {
        var command = PythonProgram.Command("import os; print(os.listdir('/work'), os.listdir('/tmp')); open('a', 'w'); open('/tmp/b', 'w')");

        (await Sandbox.RunAsync(command)).Output.Should().Be("[] []\n");
        (await Sandbox.RunAsync(command)).Output.Should().Be("[] []\n");
    }

    [ContainedFact]
    public async Task Executions_at_the_same_time_do_not_see_each_other()
    {
        var runs = Enumerable.Range(0, 32).Select(async index =>
            await Sandbox.RunAsync(PythonProgram.Command($"import os, sys; open('mine', 'w').write('{index}'); sys.stdin.read(); print(open('mine').read(), [p for p in os.listdir('/proc') if p.isdigit()].__len__())")));

        (await Task.WhenAll(runs)).Select(run => run.Output).Should().Equal(Enumerable.Range(0, 32).Select(index => $"{index} 3\n"));
    }

    [ContainedFact]
    public async Task Cancelling_the_wait_ends_the_program()
    {
        using var host = new HostWatch();
        using var cancellation = new CancellationTokenSource();
        await using var process = await Sandbox.StartAsync(PythonProgram.Command($"print('up', flush=True)\nwhile True: pass # {host.Marker}"), default);
        using var reader = new StreamReader(process.Output);
        (await reader.ReadLineAsync()).Should().Be("up");

        await cancellation.CancelAsync();
        await process.Invoking(running => running.WaitAsync(cancellation.Token).AsTask()).Should().ThrowAsync<OperationCanceledException>();

        host.ShouldBeUnharmed();
        (await process.WaitAsync(default)).End.Should().Be(SandboxEnd.Disposed);
    }

    [ContainedFact]
    public async Task A_cancelled_start_leaves_nothing()
    {
        using var host = new HostWatch();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Sandbox.Invoking(sandbox => sandbox.StartAsync(PythonProgram.Command($"while True: pass # {host.Marker}"), cancellation.Token).AsTask())
            .Should().ThrowAsync<OperationCanceledException>();

        host.ShouldBeUnharmed();
    }

    [ContainedFact]
    public async Task A_start_cancelled_half_way_leaves_nothing()
    {
        using var host = new HostWatch();
        var command = PythonProgram.Command($"while True: pass # {host.Marker}");
        for (var round = 0; round < 8; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var starting = Sandbox.StartAsync(command, cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            try
            {
                await (await starting).DisposeAsync();
            }
            catch (OperationCanceledException)
            {
                // The usual end; the other is that it was up first.
            }
        }

        host.ShouldBeUnharmed();
    }

    [ContainedFact]
    public async Task Disposing_a_process_or_the_sandbox_ends_what_runs()
    {
        using var host = new HostWatch();
        var sandbox = await ProcessSandbox.CreateAsync();
        var command = PythonProgram.Command($"print('up', flush=True)\nwhile True: pass # {host.Marker}");
        var first = await sandbox.StartAsync(command, default);
        var second = await sandbox.StartAsync(command, default);

        await first.DisposeAsync();
        await first.DisposeAsync();
        HostWatch.ProcessesNaming(host.Marker).Should().NotBeEmpty("the second still runs");
        await sandbox.DisposeAsync();
        await second.DisposeAsync();

        host.ShouldBeUnharmed();
        await sandbox.Invoking(gone => gone.StartAsync(command, default).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [ContainedFact]
    public async Task What_needs_the_folder_outside_is_refused_by_name()
    {
        var command = PythonProgram.Command("pass");
        async Task ShouldRefuse(SandboxCommand bad, string message) =>
            (await Sandbox.Invoking(sandbox => sandbox.StartAsync(bad, default).AsTask()).Should().ThrowAsync<SandboxException>()).WithMessage(message);

        await ShouldRefuse(command with { FileName = "python3" }, "'python3' is not an absolute path. Name the program by its whole path: a sandbox searches no folders.");
        await ShouldRefuse(command with { FileName = "/no/such/program" }, "There is no program '/no/such/program'. Install it, or name the path it has here.");
        await ShouldRefuse(command with { ReadableFolders = ["usr"] }, "The readable folder 'usr' is not an absolute path.");
        await ShouldRefuse(command with { ReadableFolders = ["/no/such/folder"] }, "There is no readable folder '/no/such/folder'.");
        foreach (var own in new[] { "/", "/tmp/", "/usr/../tmp", "/proc", "/proc/self", "/dev/fd" })
        {
            await ShouldRefuse(command with { ReadableFolders = [own] }, $"'{own}' cannot be a readable folder: a sandbox has its own. Name the folders inside that the program needs.");
        }

        foreach (var name in new[] { "", ".", "..", "a/b", "a\\b", "a\0b", "/a" })
        {
            await ShouldRefuse(command with { Files = command.Files.Add(name, default) }, $"'{name}' cannot name a file of the working folder: give a name without folders.");
        }
    }

    [ContainedFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_only_root_may_read_is_refused_until_it_is_opened()
    {
        using var folder = new TemporaryFolder();
        var command = PythonProgram.Command("print()");
        command = command with { ReadableFolders = command.ReadableFolders.Add(folder.Path) };
        if (Environment.IsPrivilegedProcess)
        {
            (await Sandbox.Invoking(sandbox => sandbox.StartAsync(command, default).AsTask()).Should().ThrowAsync<SandboxException>())
                .WithMessage($"The readable folder '{folder.Path}' is open to its owner or group only, and programs started by root run as a user without rights. Let others read it: chmod o+rx.");
        }

        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        (await Sandbox.RunAsync(command)).Output.Should().Be("\n");
    }

    [ContainedFact]
    public async Task Files_that_do_not_fit_fail_with_the_reason()
    {
        await using var small = await ProcessSandbox.CreateAsync(new ProcessSandboxOptions { FolderBytes = 64 << 10 });
        var command = PythonProgram.Command("pass");

        (await small.Invoking(sandbox => sandbox.StartAsync(command with { Files = command.Files.Add("big", new byte[1 << 20]) }, default).AsTask()).Should().ThrowAsync<SandboxException>())
            .WithMessage("*No space left on device*working folder*");
    }

    [ContainedFact]
    public async Task Limits_that_cannot_be_meant_are_refused()
    {
        async Task ShouldRefuse(SandboxLimits limits, string name) =>
            (await Sandbox.Invoking(sandbox => sandbox.StartAsync(PythonProgram.Command("pass", limits), default).AsTask()).Should().ThrowAsync<ArgumentOutOfRangeException>()).WithParameterName(name);

        await ShouldRefuse(new SandboxLimits { WallClock = TimeSpan.Zero }, nameof(SandboxLimits.WallClock));
        await ShouldRefuse(new SandboxLimits { WallClock = TimeSpan.FromDays(2) }, nameof(SandboxLimits.WallClock));
        await ShouldRefuse(new SandboxLimits { CpuTime = TimeSpan.Zero }, nameof(SandboxLimits.CpuTime));
        await ShouldRefuse(new SandboxLimits { MemoryBytes = 1000 }, nameof(SandboxLimits.MemoryBytes));
        await ShouldRefuse(new SandboxLimits { AddressSpaceBytes = 1 << 20 }, nameof(SandboxLimits.AddressSpaceBytes));
        await ShouldRefuse(new SandboxLimits { OutputBytes = -1 }, nameof(SandboxLimits.OutputBytes));
        await ShouldRefuse(new SandboxLimits { FileBytes = -1 }, nameof(SandboxLimits.FileBytes));
        await ShouldRefuse(new SandboxLimits { Processes = 0 }, nameof(SandboxLimits.Processes));
    }

    [Fact]
    public async Task A_folder_too_small_for_anything_is_refused() =>
        await FluentActions.Awaiting(() => ProcessSandbox.CreateAsync(new ProcessSandboxOptions { FolderBytes = 1000 }).AsTask()).Should().ThrowAsync<ArgumentOutOfRangeException>();
}
