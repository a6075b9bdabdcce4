using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class WarmSandboxTests
{
    private static readonly string[] Names = ["one", "two"];

    [ContainedFact]
    public async Task From_the_second_use_on_processes_stand_ready_and_each_serves_once()
    {
        using var host = new HostWatch();
        await using var sandbox = new WarmSandbox(await ProcessSandbox.CreateAsync(), new WarmSandboxOptions { ProcessesPerCommand = 3 });
        var command = Remembering(host);

        for (var use = 0; use < 6; use++)
        {
            (await sandbox.RunAsync(command, $"{use}")).Output.Should().Be($"[] {use}\n", "no state passes on");
            await sandbox.SettleAsync();
            HostWatch.ExecutionsNaming(host.Marker).Should().HaveCount(use == 0 ? 0 : 3);
        }

        await sandbox.DisposeAsync();
        host.ShouldBeUnharmed();
    }

    [ContainedFact]
    public async Task Two_commands_do_not_get_each_other_s_processes()
    {
        using var host = new HostWatch();
        await using var sandbox = new WarmSandbox(await ProcessSandbox.CreateAsync(), new WarmSandboxOptions { ProcessesPerCommand = 1 });
        var commands = Names.Select(name => PythonProgram.Command($"import sys; print('{name}', sys.stdin.read()) # {host.Marker}")).ToArray();

        for (var use = 0; use < 4; use++)
        {
            (await sandbox.RunAsync(commands[0], "x")).Output.Should().Be("one x\n");
            (await sandbox.RunAsync(commands[1], "y")).Output.Should().Be("two y\n");
            await sandbox.SettleAsync();
        }

        HostWatch.ExecutionsNaming(host.Marker).Should().HaveCount(2);
    }

    [ContainedFact]
    public async Task The_command_used_longest_ago_makes_room()
    {
        using var host = new HostWatch();
        await using var sandbox = new WarmSandbox(await ProcessSandbox.CreateAsync(), new WarmSandboxOptions { ProcessesPerCommand = 1, Commands = 1 });
        var commands = Names.Select(name => PythonProgram.Command($"import sys; print('{name}', sys.stdin.read()) # {host.Marker} {name}")).ToArray();

        foreach (var command in commands)
        {
            await sandbox.RunAsync(command);
            await sandbox.RunAsync(command);
            await sandbox.SettleAsync();
        }

        await sandbox.DisposeAsync();
        host.ShouldBeUnharmed();
    }

    [ContainedFact]
    public async Task The_wall_clock_starts_when_a_process_is_handed_out()
    {
        using var host = new HostWatch();
        var time = new ManualTime();
        await using var sandbox = new WarmSandbox(await ProcessSandbox.CreateAsync(new ProcessSandboxOptions { Time = time }));
        var command = Remembering(host, new SandboxLimits { WallClock = TimeSpan.FromSeconds(1) });
        await sandbox.RunAsync(command);
        await sandbox.RunAsync(command);
        await sandbox.SettleAsync();

        time.Advance(TimeSpan.FromHours(1));
        await using var process = await sandbox.StartAsync(command, default);
        time.Advance(TimeSpan.FromSeconds(0.9));
        HostWatch.ProcessesNaming(host.Marker).Should().NotBeEmpty();
        var waiting = process.WaitAsync(default).AsTask();
        waiting.IsCompleted.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(0.1));

        (await waiting).End.Should().Be(SandboxEnd.WallClock);
    }

    [ContainedFact]
    public async Task A_process_that_died_while_it_waited_is_not_handed_out()
    {
        using var host = new HostWatch();
        await using var sandbox = new WarmSandbox(await ProcessSandbox.CreateAsync());
        var command = Remembering(host);
        await sandbox.RunAsync(command);
        await sandbox.RunAsync(command);
        await sandbox.SettleAsync();

        await KillAllAsync(host);

        (await sandbox.RunAsync(command, "again")).Output.Should().Be("[] again\n");
        await sandbox.SettleAsync();
        HostWatch.ExecutionsNaming(host.Marker).Should().HaveCount(2, "the dead are replaced");
    }

    [ContainedFact]
    public async Task A_command_that_does_not_wait_for_its_input_is_run_all_the_same()
    {
        using var host = new HostWatch();
        await using var sandbox = new WarmSandbox(await ProcessSandbox.CreateAsync());
        var command = PythonProgram.Command($"print('at once') # {host.Marker}");

        for (var use = 0; use < 8; use++)
        {
            (await sandbox.RunAsync(command)).Output.Should().Be("at once\n");
            await sandbox.SettleAsync();
        }
    }

    [ContainedFact]
    public async Task Many_at_once_are_served_and_disposal_ends_all()
    {
        using var host = new HostWatch();
        var sandbox = new WarmSandbox(await ProcessSandbox.CreateAsync());
        var command = Remembering(host);

        var outputs = await Task.WhenAll(Enumerable.Range(0, 32).Select(async index => (await sandbox.RunAsync(command, $"{index}")).Output));
        outputs.Should().Equal(Enumerable.Range(0, 32).Select(index => $"[] {index}\n"));
        var handedOut = await sandbox.StartAsync(command, default);
        await sandbox.DisposeAsync();
        await sandbox.DisposeAsync();

        (await handedOut.WaitAsync(default)).End.Should().Be(SandboxEnd.Disposed);
        host.ShouldBeUnharmed();
        await sandbox.Invoking(gone => gone.StartAsync(command, default).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [ContainedFact]
    public async Task What_cannot_be_meant_is_refused()
    {
        await using var inner = await ProcessSandbox.CreateAsync();
        FluentActions.Invoking(() => new WarmSandbox(null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new WarmSandbox(inner, new WarmSandboxOptions { ProcessesPerCommand = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new WarmSandbox(inner, new WarmSandboxOptions { Commands = 65 })).Should().Throw<ArgumentOutOfRangeException>();
        var sandbox = new WarmSandbox(inner);
        sandbox.Containment.Should().Be(inner.Containment);
        await sandbox.Invoking(warm => warm.StartAsync(new SandboxCommand { FileName = "/no/such" }, default).AsTask()).Should().ThrowAsync<SandboxException>();
    }

    private static SandboxCommand Remembering(HostWatch host, SandboxLimits? limits = null) =>
        PythonProgram.Command($"import os, sys; word = sys.stdin.read(); print(os.listdir(), word); open('state', 'w') # {host.Marker}", limits);

    private static async Task KillAllAsync(HostWatch host)
    {
        foreach (var id in HostWatch.ProcessesNaming(host.Marker))
        {
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(id);
                process.Kill();
                await process.WaitForExitAsync();
            }
            catch (ArgumentException)
            {
                // It ended with another one.
            }
        }
    }
}
