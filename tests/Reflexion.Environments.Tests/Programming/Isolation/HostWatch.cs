using System.Diagnostics;
using System.Text;

namespace Reflexion.Tests;

/// <summary>What a hostile program would like to harm or know, put in its way: a secret file, a secret variable, a process of the host.</summary>
internal sealed class HostWatch : IDisposable
{
    private const string Variable = "REFLEXION_TEST_SECRET";

    private readonly TemporaryFolder _folder = new();
    private readonly Process _bystander;

    public HostWatch()
    {
        Secret = $"secret-{Guid.NewGuid():N}";
        Marker = $"marker-{Guid.NewGuid():N}";
        File.WriteAllText(SecretFile, Secret);
        Environment.SetEnvironmentVariable(Variable, Secret);
        _bystander = Process.Start(new ProcessStartInfo("sleep", ["600"]))!;
    }

    /// <summary>What no program may learn.</summary>
    public string Secret { get; }

    /// <summary>Words for a program's text or arguments by which its processes are found on the host.</summary>
    public string Marker { get; }

    public string SecretFile => _folder.File("secret.txt");

    public string Folder => _folder.Path;

    public int Bystander => _bystander.Id;

    /// <summary>Processes on the host whose command line holds the words.</summary>
    public static IReadOnlyList<int> ProcessesNaming(string words) => Processes(line => line.Contains(words, StringComparison.Ordinal));

    /// <summary>Of these, the one of each execution that waits outside of its namespaces.</summary>
    public static IReadOnlyList<int> ExecutionsNaming(string words) =>
        Processes(line => line.Contains(words, StringComparison.Ordinal) && line.Contains("--kill-child", StringComparison.Ordinal));

    /// <summary>The host is as it was: nothing of the program runs on, nothing changed, and what it said holds no secret.</summary>
    public void ShouldBeUnharmed(params string[] said)
    {
        ProcessesNaming(Marker).Should().BeEmpty("nothing of a program outlives it");
        _bystander.HasExited.Should().BeFalse("other processes of the host go on");
        File.ReadAllText(SecretFile).Should().Be(Secret);
        Directory.GetFileSystemEntries(Folder).Should().Equal(SecretFile);
        said.Should().NotContain(text => text.Contains(Secret, StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _bystander.Kill();
        _bystander.Dispose();
        _folder.Dispose();
    }

    private static int[] Processes(Func<string, bool> isMeant) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!)).Where(process => isMeant(CommandLine(process)))];

    private static string CommandLine(int process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{process}/cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
