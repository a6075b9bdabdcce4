using System.Diagnostics;
using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Counts what the whole process holds, so nothing else may run beside it.</summary>
[CollectionDefinition(nameof(LeftoverTests), DisableParallelization = true)]
[Collection(nameof(LeftoverTests))]
public sealed class LeftoverTests(ITestOutputHelper output)
{
    private static readonly string[] Programs =
        ["(sleep 100 &)", "exit 3", "kill -9 $$", "head -c 1000 /dev/zero > a"];

    [ContainedFact]
    public async Task Five_hundred_executions_leave_no_process_no_folder_and_no_file_behind()
    {
        using var host = new HostWatch();
        await using var sandbox = await ProcessSandbox.CreateAsync();
        var commands = Programs.Select(program => new SandboxCommand { FileName = "/bin/sh", Arguments = ["-c", $"{program} # {host.Marker}"] }).ToArray();
        await RunAsync(sandbox, commands, 8);
        var before = (Files: OpenFiles(), Folders: TemporaryFolders(), Threads: Threads());

        await RunAsync(sandbox, commands, 500);

        var after = (Files: OpenFiles(), Folders: TemporaryFolders(), Threads: Threads());
        output.WriteLine($"open files {before.Files} -> {after.Files}, temporary folders {before.Folders} -> {after.Folders}, threads {before.Threads} -> {after.Threads}");
        after.Files.Should().BeLessThanOrEqualTo(before.Files + 4, "the runtime opens a few of its own");
        after.Folders.Should().Be(before.Folders);
        host.ShouldBeUnharmed();
        Zombies().Should().BeEmpty();
    }

    [ContainedFact]
    public async Task Files_are_closed_at_the_end_of_an_execution_and_not_when_memory_is_collected()
    {
        await using var sandbox = await ProcessSandbox.CreateAsync();
        var command = new SandboxCommand { FileName = "/bin/sh", Arguments = ["-c", "exit 0"] };
        await RunAsync(sandbox, [command], 8);
        var before = OpenFiles();
        var collected = GC.CollectionCount(0);

        for (var run = 0; run == 0 || (run < 20 && GC.CollectionCount(0) == collected); run++)
        {
            await sandbox.RunAsync(command);
            Directory.GetFileSystemEntries("/proc/self/fd").Length.Should().BeLessThan(before + 8, "an execution has three streams");
        }
    }

    [ContainedFact]
    public async Task The_end_of_the_sandbox_closes_all_it_held()
    {
        var before = OpenFiles();
        for (var round = 0; round < 10; round++)
        {
            await using var sandbox = await ProcessSandbox.CreateAsync();
            await sandbox.RunAsync(PythonProgram.Command("print()"));
        }

        OpenFiles().Should().BeLessThanOrEqualTo(before + 4);
    }

    [ContainedFact]
    public async Task Ever_new_folders_do_not_pile_up()
    {
        using var folder = new TemporaryFolder();
        await using var sandbox = await ProcessSandbox.CreateAsync();
        var command = PythonProgram.Command("print()");
        var before = OpenFiles();
        for (var index = 0; index < 20; index++)
        {
            var readable = Directory.CreateDirectory(folder.File($"{index}")).FullName;
            (await sandbox.RunAsync(command with { ReadableFolders = command.ReadableFolders.Add(readable) })).Output.Should().Be("\n");
        }

        OpenFiles().Should().BeLessThanOrEqualTo(before + (8 * 2) + 4, "eight roots stay, of two files each");
    }

    private static async Task RunAsync(ProcessSandbox sandbox, SandboxCommand[] commands, int count)
    {
        for (var index = 0; index < count; index += commands.Length)
        {
            await Task.WhenAll(commands.Select(command => sandbox.RunAsync(command)));
        }
    }

    private static int OpenFiles()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Directory.GetFileSystemEntries("/proc/self/fd").Length;
    }

    private static int TemporaryFolders() => Directory.GetDirectories(Path.GetTempPath(), "reflexion-sandbox-*").Length;

    private static int Threads()
    {
        using var self = Process.GetCurrentProcess();
        return self.Threads.Count;
    }

    private static string[] Zombies() =>
        [.. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Select(Stat).Where(stat => stat is [_, "Z", var parent, ..] && parent == $"{Environment.ProcessId}").Select(stat => stat[0])];

    // The words after the program's name, which stands in brackets, after the number.
    private static string[] Stat(string folder)
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            return [line[..line.IndexOf(' ')], .. line[(line.LastIndexOf(')') + 2)..].Split(' ')];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
