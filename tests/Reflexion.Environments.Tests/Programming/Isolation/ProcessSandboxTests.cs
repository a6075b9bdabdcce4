using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class ProcessSandboxTests
{
    [Fact]
    public async Task A_program_runs_in_an_empty_folder_with_an_empty_environment()
    {
        await using var sandbox = await ProcessSandbox.CreateAsync();
        sandbox.Containment.IsComplete.Should().BeTrue(sandbox.Containment.Description);
        await using var process = await sandbox.StartAsync(PythonProgram.Command("import os, sys; print(sys.stdin.read(), sorted(os.environ), os.getcwd(), os.listdir())"), default);
        await process.Input.WriteAsync("hello"u8.ToArray());
        process.Input.Close();
        using var reader = new StreamReader(process.Output);
        (await reader.ReadToEndAsync()).Should().Be("hello ['LC_CTYPE'] /work []\n", "Python itself sets the one variable");
        (await process.WaitAsync(default)).Should().Be(new SandboxExit(SandboxEnd.Exited, 0, string.Empty));
    }
}
