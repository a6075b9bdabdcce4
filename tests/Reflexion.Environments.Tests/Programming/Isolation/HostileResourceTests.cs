using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>Programs that want all there is of something.</summary>
public sealed class HostileResourceTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private static readonly SandboxLimits Small = new() { MemoryBytes = 128 << 20 };

    [ContainedFact]
    public async Task Processes_end_at_their_number()
    {
        var (exit, said) = await RunAsync("""
            import os, time
            count = 1
            try:
                while os.fork() or time.sleep(1000): count += 1
            except OSError as error: print(count, type(error).__name__)
            """, new SandboxLimits { Processes = 20 });

        said.Should().Be("20 BlockingIOError\n");
        exit.ExitCode.Should().Be(0);
    }

    [ContainedFact]
    public async Task A_fork_bomb_ends_with_the_wall_clock()
    {
        var (exit, _) = await RunAsync("""
            import os
            while True:
                try: os.fork()
                except OSError: pass
            """, new SandboxLimits { WallClock = TimeSpan.FromSeconds(1) });

        exit.End.Should().Be(SandboxEnd.WallClock);
    }

    [ContainedFact]
    public async Task Threads_count_as_processes()
    {
        var (_, said) = await RunAsync("""
            import threading, os
            threading.stack_size(65536)
            count = 1
            try:
                while True:
                    threading.Thread(target=threading.Event().wait, daemon=True).start()
                    count += 1
            except RuntimeError as error: print(count, error, flush=True)
            os._exit(0)
            """, new SandboxLimits { Processes = 20 });

        said.Should().Be("20 can't start new thread\n");
    }

    [ContainedFact]
    public async Task A_memory_bomb_gets_no_more_memory()
    {
        var (exit, said) = await RunAsync("""
            held = []
            try:
                while True: held.append(bytearray(1 << 20))
            except MemoryError:
                count = len(held); held.clear(); print(count)
            """, Small);

        int.Parse(said).Should().BeInRange(50, 128);
        exit.ExitCode.Should().Be(0);
    }

    [ContainedFact]
    public async Task Shared_memory_counts()
    {
        var (exit, said) = await RunAsync("""
            import mmap
            held = []
            try:
                while True: held.append(mmap.mmap(-1, 1 << 24))
            except OSError as error: print(len(held), error.strerror)
            """, Small);

        said.Should().MatchRegex("^[0-8] Cannot allocate memory\n$");
        exit.ExitCode.Should().Be(0);
    }

    [ContainedFact]
    public async Task Memory_of_all_processes_together_counts()
    {
        var (exit, _) = await RunAsync("""
            import os, time
            for _ in range(8):
                if os.fork() == 0: break
            held = b'x' * (90 << 20)
            time.sleep(1000)
            """, Small);

        exit.End.Should().Be(SandboxEnd.Memory);
    }

    [ContainedFact]
    public async Task Limits_cannot_be_raised()
    {
        var (_, said) = await RunAsync("""
            import resource
            for name in ('RLIMIT_AS', 'RLIMIT_DATA', 'RLIMIT_NPROC', 'RLIMIT_FSIZE', 'RLIMIT_CPU', 'RLIMIT_CORE', 'RLIMIT_NOFILE'):
                try: resource.setrlimit(getattr(resource, name), (resource.RLIM_INFINITY, resource.RLIM_INFINITY)); print('raised', name)
                except (OSError, ValueError): pass
            print(resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_FSIZE))
            """, new SandboxLimits { FileBytes = 12345 });

        said.Should().Be("(0, 0) (12345, 12345)\n");
    }

    [ContainedFact]
    public async Task A_flood_of_output_is_cut_off()
    {
        var (exit, said) = await RunAsync("while True: print('x' * 10000)", new SandboxLimits { OutputBytes = 100_000 });

        exit.End.Should().Be(SandboxEnd.Output);
        said.Should().HaveLength(100_000);
    }

    [ContainedFact]
    public async Task A_flood_of_errors_is_cut_off()
    {
        var (exit, said) = await RunAsync("import sys\nwhile True: sys.stderr.write('x' * 10000)", new SandboxLimits { OutputBytes = 100_000 });

        exit.End.Should().Be(SandboxEnd.Output);
        exit.ErrorOutput.Should().HaveLength(100_000);
        said.Should().BeEmpty();
    }

    [ContainedFact]
    public async Task Output_may_be_as_long_as_its_limit_and_not_longer()
    {
        (await RunAsync("print('x' * 999)", new SandboxLimits { OutputBytes = 1000 })).Exit.End.Should().Be(SandboxEnd.Exited);
        (await RunAsync("print('x' * 1000)", new SandboxLimits { OutputBytes = 1000 })).Exit.End.Should().Be(SandboxEnd.Output);
    }

    [ContainedFact]
    public async Task One_file_ends_at_its_size()
    {
        var (_, said) = await RunAsync("""
            import os
            try:
                with open('big', 'wb', 0) as file:
                    while True: file.write(b'x' * 1000)
            except OSError as error: print(os.path.getsize('big'), error.strerror)
            """, new SandboxLimits { FileBytes = 100_000 });

        said.Should().Be("100000 File too large\n");
    }

    [ContainedFact]
    public async Task The_folders_end_at_their_size()
    {
        var (_, said) = await RunAsync("""
            import os
            for folder in ('/work', '/tmp', '/dev/shm'):
                total = 0
                try:
                    for index in range(1000):
                        with open(f'{folder}/{folder[-3:]}{index}', 'wb', 0) as file: total += file.write(b'x' * 1000000)
                except OSError as error: print(folder, total // 1000000, error.strerror)
            """, new SandboxLimits());

        said.Should().MatchRegex("^/work 16 No space left on device\n/tmp 16 No space left on device\n/dev/shm 0 No space left on device\n$");
    }

    [ContainedFact]
    public async Task The_number_of_files_ends_too()
    {
        var (_, said) = await RunAsync("""
            import os
            try:
                for index in range(1000000): os.mkdir(str(index))
            except OSError as error: print(index < 5000, error.strerror)
            """, new SandboxLimits());

        said.Should().Be("True No space left on device\n");
    }

    [ContainedFact]
    public async Task Huge_arguments_fail()
    {
        var (_, said) = await RunAsync("""
            import os, sys
            try: os.execv(sys.executable, [sys.executable] + ['x' * 100000] * 100)
            except OSError as error: print(error.strerror)
            """, new SandboxLimits());

        said.Should().Be("Argument list too long\n");
    }

    [ContainedFact]
    public async Task System_V_s_shared_memory_is_not_to_be_had()
    {
        var (_, said) = await RunAsync("""
            import ctypes
            for name in ('shmmni', 'msgmni'):
                try:
                    with open(f'/proc/sys/kernel/{name}', 'w') as setting: setting.write('4096')
                except OSError as error: print(error.strerror)
            print(ctypes.CDLL(None).shmget(0, 1 << 30, 0o1600), ctypes.CDLL(None).msgget(0, 0o1600))
            """, new SandboxLimits());

        said.Should().Be("Read-only file system\nRead-only file system\n-1 -1\n");
    }

    private async Task<(SandboxExit Exit, string Output)> RunAsync(string program, SandboxLimits limits)
    {
        using var host = new HostWatch();
        var run = await fixture.Sandbox.RunAsync(PythonProgram.Command($"# {host.Marker}\n{program}", limits));
        host.ShouldBeUnharmed(run.Output, run.Exit.ErrorOutput);
        return run;
    }
}
