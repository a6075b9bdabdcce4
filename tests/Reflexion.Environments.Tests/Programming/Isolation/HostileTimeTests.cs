using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>Programs that want to run for ever, or to outlive their end.</summary>
public sealed class HostileTimeTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private static readonly SandboxLimits Short = new() { WallClock = TimeSpan.FromSeconds(0.5) };

    [ContainedFact]
    public Task An_infinite_loop_ends_with_the_wall_clock() => ShouldEnd("while True: pass", Short, SandboxEnd.WallClock);

    [ContainedFact]
    public Task A_sleep_ends_with_the_wall_clock() => ShouldEnd("import time\ntime.sleep(1000)", Short, SandboxEnd.WallClock);

    [ContainedFact]
    public Task An_infinite_loop_ends_with_its_processor_time() =>
        ShouldEnd("while True: pass", new SandboxLimits { CpuTime = TimeSpan.FromSeconds(1), WallClock = TimeSpan.FromMinutes(1) }, SandboxEnd.CpuTime);

    [ContainedFact]
    public Task Who_ignores_the_warning_is_killed_a_second_later() =>
        ShouldEnd("import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass", new SandboxLimits { CpuTime = TimeSpan.FromSeconds(1), WallClock = TimeSpan.FromMinutes(1) }, SandboxEnd.CpuTime);

    [ContainedFact]
    public Task Ignored_signals_change_nothing() => ShouldEnd("""
        import signal
        for number in range(1, 65):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        while True: pass
        """, Short, SandboxEnd.WallClock);

    [ContainedFact]
    public Task Closed_streams_change_nothing() => ShouldEnd("""
        import os
        for stream in range(256):
            try: os.close(stream)
            except OSError: pass
        while True: pass
        """, Short, SandboxEnd.WallClock);

    [ContainedFact]
    public async Task A_daemon_does_not_outlive_its_program()
    {
        var exit = await ShouldEnd($"{Daemon}\nprint('done')", new SandboxLimits(), SandboxEnd.Exited, "done\n");

        exit.ExitCode.Should().Be(0);
    }

    [ContainedFact]
    public Task A_daemon_does_not_outlive_the_wall_clock() => ShouldEnd($"{Daemon}\nwhile True: pass", Short, SandboxEnd.WallClock);

    [ContainedFact]
    public async Task A_program_that_never_reads_its_input_is_ended_all_the_same()
    {
        using var host = new HostWatch();
        await using var process = await fixture.Sandbox.StartAsync(PythonProgram.Command($"while True: pass # {host.Marker}", Short), default);

        await SandboxRuns.GiveAsync(process, new string('x', 10_000_000));

        (await process.WaitAsync(default)).End.Should().Be(SandboxEnd.WallClock);
        host.ShouldBeUnharmed();
    }

    [ContainedFact]
    public Task An_early_exit_is_only_an_exit() => ShouldEnd("import os\nos._exit(0)\nprint('never')", new SandboxLimits(), SandboxEnd.Exited, string.Empty);

    private const string Daemon = """
        import os, sys
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.write(writer, b'x')
                for stream in (0, 1, 2): os.close(stream)
                while True: pass
            os._exit(0)
        os.read(reader, 1)
        """;

    private async Task<SandboxExit> ShouldEnd(string program, SandboxLimits limits, SandboxEnd end, string? output = null)
    {
        using var host = new HostWatch();
        var (exit, said) = await fixture.Sandbox.RunAsync(PythonProgram.Command($"# {host.Marker}\n{program}", limits));
        exit.ErrorOutput.Should().BeEmpty();
        exit.End.Should().Be(end);
        if (output is not null)
        {
            said.Should().Be(output);
        }

        host.ShouldBeUnharmed(said, exit.ErrorOutput);
        return exit;
    }
}
