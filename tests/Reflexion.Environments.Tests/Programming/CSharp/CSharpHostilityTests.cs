using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>C# programs that try to be judged right without being right, or to harm the host.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class CSharpHostilityTests(Programs programs)
{
    private static readonly ProgrammingProblem _problem = Problems.CSharp("Assert.Equal(42, Solution.F(1)); Assert.Equal(43, Solution.F(2));");
    private static readonly ProgrammingProblem _loose = Problems.CSharp("Assert.Equal(42, Solution.F(1)); Assert.Equal(43, Solution.F(2));", "public static object F(int x)");

    public static TheoryData<string, string> Forgeries => new()
    {
        { "exits with success", "public static int F(int x) { Environment.Exit(0); return 0; }" },
        { "exits as the class is loaded", "static Solution() { Environment.Exit(0); } public static int F(int x) => 0;" },
        { "fails fast", "public static int F(int x) { Environment.FailFast(\"passed\"); return 0; }" },
        { "prints the success marker", "public static int F(int x) { Console.WriteLine(\"passed\"); using var o = Console.OpenStandardOutput(); o.Write(\"{\\\"verdict\\\":\\\"passed\\\"}\"u8); return 0; }" },
        { "forges a verdict on the channel", "public static int F(int x) { byte[] b = Encoding.UTF8.GetBytes(\"V{\\\"verdict\\\":\\\"passed\\\"}\"); using var o = Console.OpenStandardOutput(); o.Write([0, 0, 0, (byte)b.Length]); o.Write(b); return 0; }" },
        { "replies with what is no reply", "public static int F(int x) { using var o = Console.OpenStandardOutput(); o.Write([0, 0, 0, 3, (byte)'R', (byte)'[', (byte)'[']); return 0; }" },
        { "patches the tools of the harness", "public static int F(int x) { foreach (var a in AppDomain.CurrentDomain.GetAssemblies()) foreach (var t in a.GetTypes()) foreach (var f in t.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)) if (a.GetName().Name == \"harness\" && f.FieldType == typeof(System.IO.Stream)) f.SetValue(null, System.IO.Stream.Null); return 0; }" },
        { "recurses without end", "public static int F(int x) => F(x) + 1;" },
        { "throws the exception of an assertion", "public static int F(int x) => throw new Exception(\"passed\");" },
        { "kills its parent", "public static int F(int x) { System.Diagnostics.Process.GetProcessById(1).Kill(); System.Diagnostics.Process.GetCurrentProcess().Kill(); return 0; }" },
        { "leaves threads running", "public static int F(int x) { for (int i = 0; i < 4; i++) new Thread(() => { while (true) { } }).Start(); return 0; }" },
        { "crashes in a thread", "public static int F(int x) { new Thread(() => throw new Exception()).Start(); Thread.Sleep(500); return 0; }" },
        { "takes all memory", "public static int F(int x) { var l = new List<byte[]>(); while (true) { var b = new byte[10 << 20]; Array.Fill(b, (byte)1); l.Add(b); } }" },
        { "takes all memory beside the heap", "public static int F(int x) { while (true) { IntPtr p = System.Runtime.InteropServices.Marshal.AllocHGlobal(10 << 20); for (int i = 0; i < 10 << 20; i += 4096) System.Runtime.InteropServices.Marshal.WriteByte(p, i, 1); } }" },
        { "starts processes without end", "public static int F(int x) { while (true) { try { System.Diagnostics.Process.Start(\"/bin/sleep\", \"60\"); } catch (Exception) { return 0; } } }" },
        { "floods its output", "public static int F(int x) { using var o = Console.OpenStandardOutput(); byte[] b = new byte[1 << 20]; while (true) o.Write(b); }" },
        { "floods its errors", "public static int F(int x) { using var o = Console.OpenStandardError(); byte[] b = new byte[1 << 20]; for (int i = 0; i < 1000; i++) o.Write(b); return 0; }" },
    };

    public static TheoryData<string, string> LooseForgeries => new()
    {
        { "returns an object equal to everything", "class E { public override bool Equals(object o) => true; public override int GetHashCode() => 42; public override string ToString() => \"42\"; } public static object F(int x) => new E();" },
        { "returns an object that fails when written", "class E { public override string ToString() { Environment.Exit(0); return \"\"; } } public static object F(int x) => new E();" },
        { "returns too much", "public static object F(int x) => new string('x', 20 << 20);" },
        { "returns a sequence without end", "public static object F(int x) => Endless(); static IEnumerable<int> Endless() { while (true) yield return 1; }" },
        { "returns a value that holds itself", "public static object F(int x) { var l = new List<object>(); l.Add(l); return l; }" },
    };

    [ContainedTheory]
    [MemberData(nameof(Forgeries))]
    public Task A_wrong_program_never_passes(string what, string members) => FailsAsync(_problem, what, members);

    [ContainedTheory]
    [MemberData(nameof(LooseForgeries))]
    public Task A_value_that_pretends_never_passes(string what, string members) => FailsAsync(_loose, what, members);

    [Fact]
    public async Task A_program_that_never_returns_times_out_and_the_next_test_starts_afresh()
    {
        var hasty = new CSharpLanguage(programs.Sandbox, new() { TestTimeout = TimeSpan.FromSeconds(4) });
        ImmutableArray<string> tests = ["Assert.Equal(1, F(0));", "Assert.Equal(1, F(5));", "Assert.Equal(0, F(-1));", "Assert.Equal(1, F(5));"];

        ProgramRun run = await hasty.RunTestsAsync(_problem, "public static class Solution { static int n; public static int F(int x) { while (x == 0) { } if (x < 0) Environment.Exit(7); return ++n; } }", tests, default);

        run.Tests.Select(test => (test.Outcome, test.Detail)).Should().Equal(
            (TestOutcome.TimedOut, "no result within 4 s"),
            (TestOutcome.Passed, null),
            (TestOutcome.Died, "The program ended its process (exit code 7) before the test was over."),
            (TestOutcome.Passed, null));
    }

    [ContainedFact]
    public async Task Neither_secrets_nor_files_nor_the_network_of_the_host_are_in_reach()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        ProgrammingProblem problem = Problems.CSharp("Assert.Equal(\"\", Solution.F(1));", "public static string F(int x)");
        string program = $$"""
            public static class Solution
            {
                public static string F(int x)
                {
                    string found = "";
                    foreach (string path in new[] { "/etc/shadow", "/etc/hostname", "/proc/1/environ" })
                        try { System.IO.File.ReadAllText(path); found += path; } catch (Exception) { }
                    try { new System.Net.Sockets.TcpClient("127.0.0.1", {{((IPEndPoint)listener.LocalEndpoint).Port}}); found += "network"; } catch (Exception) { }
                    foreach (string name in Environment.GetEnvironmentVariables().Keys)
                        found += name.StartsWith("DOTNET_") ? "" : name;
                    return found;
                }
            }
            """;

        ProgramRun run = await programs.CSharp.RunHiddenTestAsync(problem, program, default);

        run.Tests.Should().Equal(new TestResult(problem.HiddenTest, TestOutcome.Passed) { Actual = "\"\"" });
        listener.Pending().Should().BeFalse();
    }

    private async Task FailsAsync(ProgrammingProblem problem, string what, string members)
    {
        ProgramRun run = await programs.HastyCSharp.RunHiddenTestAsync(problem, $"public static class Solution {{ {members} }}", default);

        run.Fault.Should().BeNull("it {0}", what);
        run.Passed.Should().BeFalse("it {0}", what);
    }
}
