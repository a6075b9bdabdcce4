using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>What becomes of runs on a disk that is really full, and of the same runs when there is room again.</summary>
public abstract class FullDiskConformance(ITestOutputHelper output) : KilledRunConformance(output)
{
    private const int Seed = 77;

    // A disk that fills up while the worker runs, and is then made larger. Each state is copied out of the namespace, which ends with the script.
    private const string Script = """
        disk=$1; size=$2; copies=$3; shift 3
        mount -t tmpfs -o size="$size" none "$disk" || exit 99
        dotnet "$@" >/dev/null; echo $? >"$copies/first"
        cp -a "$disk" "$copies/full"
        mount -o remount,size=1g "$disk"
        dotnet "$@" >/dev/null; echo $? >"$copies/second"
        cp -a "$disk" "$copies/whole"
        """;

    private readonly ITestOutputHelper _output = output;

    [SmallDiskFact]
    public async Task Runs_on_a_full_disk_say_so_and_go_on_when_there_is_room()
    {
        WorkerRun whole = RunOf("undisturbed", Seed);
        (await whole.RunAsync()).Should().Be((0, ""));
        string disk = Directory.CreateDirectory(Path.Combine(Folder, "disk")).FullName;
        string copies = Directory.CreateDirectory(Path.Combine(Folder, "copies")).FullName;
        WorkerRun broken = RunOf(StoreIn(disk), "broken", Seed);
        long size = SizeOf(whole.Store) / 2;

        using Process script = WorkerProcess.Start(
            "unshare", ["-Urm", "sh", "-c", Script, "sh", disk, size.ToString(CultureInfo.InvariantCulture), copies, .. broken.Arguments]);
        Task<string> errors = script.StandardError.ReadToEndAsync();
        await script.WaitForExitAsync();

        string[] failures = (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _output.WriteLine($"{size} bytes of disk, {failures.Length} episodes failed, {broken.Calls - whole.Calls} calls repaid; the first: {failures.FirstOrDefault()}");
        failures.Should().NotBeEmpty().And.OnlyContain(line => SaysThatTheDiskIsFull(line));
        (await File.ReadAllTextAsync(Path.Combine(copies, "first"))).Should().Be("1\n");
        (await File.ReadAllTextAsync(Path.Combine(copies, "second"))).Should().Be("0\n");
        await ShouldBeWholeAsync(StoreIn(Path.Combine(copies, "full")));
        (broken.Calls - whole.Calls).Should().BeInRange(0, 2 * failures.Length, "an episode that fails has at most two votes in flight");
        await ShouldEqualAsync(RunOf(StoreIn(Path.Combine(copies, "whole")), "broken", Seed), whole);
    }

    /// <summary>Names a store in a folder that exists, as the worker calls it.</summary>
    protected abstract string StoreIn(string folder);

    /// <summary>Whether a failed episode says what the trouble is.</summary>
    protected abstract bool SaysThatTheDiskIsFull(string failure);

    /// <summary>Makes sure that nothing in a store is half-written.</summary>
    protected abstract Task ShouldBeWholeAsync(string store);

    /// <summary>How many bytes the files of a store have.</summary>
    protected abstract long SizeOf(string store);
}
