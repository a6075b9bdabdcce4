using System.Diagnostics;

namespace Reflexion.Tests;

/// <summary>A PostgreSQL server of a test's own, which can be stopped as a crash would, and started again.</summary>
/// <remarks>Its programs are in the folder that <c>REFLEXION_POSTGRESQL_BIN</c> names; the administrator runs them as the user postgres.</remarks>
internal sealed class TemporaryCluster : IAsyncDisposable
{
    private static readonly bool IsAdministrator = Environment.UserName == "root";

    private readonly TemporaryFolder _folder = new();

    public static string? Programs => Environment.GetEnvironmentVariable("REFLEXION_POSTGRESQL_BIN");

    public string ConnectionString => $"Host={_folder.Path};Username=postgres;Database=postgres";

    public static async Task<TemporaryCluster> StartNewAsync()
    {
        var cluster = new TemporaryCluster();
        if (IsAdministrator)
        {
            await RunAsync("chown", "postgres", cluster._folder.Path);
        }

        await RunProgramAsync("initdb", "-D", cluster.Data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync");
        await cluster.StartAsync();
        return cluster;
    }

    public Task StartAsync() => RunProgramAsync(
        "pg_ctl", "-D", Data, "-l", _folder.File("log"), "-o", $"-k {_folder.Path} -c listen_addresses='' -c fsync=off", "-w", "start");

    /// <summary>Ends every process of the server at once; the next start recovers.</summary>
    public Task CrashAsync() => RunProgramAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        _folder.Dispose();
    }

    private string Data => _folder.File("data");

    private static Task RunProgramAsync(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs!, program);
        return IsAdministrator ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    // What the server inherits it keeps open, so nothing here waits for the end of its output.
    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", "cd / && exec \"$@\" >/dev/null 2>&1", "sh", program, .. arguments]))!;
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, "{0} {1} should succeed", program, string.Join(' ', arguments));
    }
}
