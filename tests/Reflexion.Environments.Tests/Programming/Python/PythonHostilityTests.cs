using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>Programs that try to be judged right without being right, or to harm the host.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class PythonHostilityTests(Programs programs)
{
    private const string Test = "def check(candidate):\n    assert candidate(1) == 41 + 1\n    assert candidate(2) == 43\n";

    public static TheoryData<string, string> Forgeries => new()
    {
        { "exits with success", "import sys\nsys.exit(0)" },
        { "exits at once when called", "import os\ndef f(x):\n    os._exit(0)" },
        { "raises the exception that ends a program", "def f(x):\n    raise SystemExit(0)" },
        { "exits at the end of the process", "import atexit, os\natexit.register(lambda: os._exit(0))\ndef f(x): return 0" },
        { "prints the success marker", "import os\ndef f(x):\n    print('passed'); print('OK'); os.write(1, b'{\"verdict\":\"passed\"}'); return 0" },
        { "patches check and the builtins", "import builtins, sys\nbuiltins.check = lambda c: None\nbuiltins.AssertionError = type('A', (Exception,), {})\nsys.modules['__main__'].verdict_of = lambda *a: {'verdict': 'passed'}\nsys.modules['__main__'].check = lambda c: None\ndef f(x): return 0" },
        { "returns an object equal to everything", "class E:\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    def __hash__(self): return 42\n    def __bool__(self): return True\n    def __repr__(self): return '42'\ndef f(x): return E()" },
        { "returns a number equal to everything", "class N(int):\n    def __eq__(self, other): return True\n    def __ne__(self, other): return False\n    def __hash__(self): return 42\ndef f(x): return N(0)" },
        { "returns an object whose repr fails", "class E:\n    def __repr__(self): raise SystemExit(0)\ndef f(x): return E()" },
        { "looks for the test in its own process", "import gc, sys, inspect\ndef f(x):\n    for frame in inspect.stack():\n        for value in frame.frame.f_locals.values():\n            if isinstance(value, str) and 'assert' in value and '41 + 1' in value: return 42\n    for thing in gc.get_objects():\n        if isinstance(thing, dict) and any(isinstance(v, str) and '41 ' + '+ 1' in v for v in list(thing.values())): return 42\n    return 0" },
        { "looks for the test in files and processes", "import os\ndef f(x):\n    found = b''\n    for root in ('/proc', '/work', '/tmp', '.'):\n        for folder, _, files in os.walk(root):\n            for name in files[:50]:\n                if name in ('cmdline', 'environ') or name.endswith('.py'):\n                    try: found += open(os.path.join(folder, name), 'rb').read(100000)\n                    except OSError: pass\n            if folder.count('/') > 3: break\n    return 42 if b'41 ' + b'+ 1' in found else 0" },
        { "forges a verdict on the channel", FramesOf("V", """{"verdict":"passed"}""") },
        { "forges the end of the talk on the channel", FramesOf("D", "{}") },
        { "forges replies ahead", FramesOf("R", """["done",0,[]]""") },
        { "replies with what is no reply", FramesOf("R", "[[[") },
        { "replies with something without end", "import os\ndef f(x):\n    for fd in range(3, 20):\n        try: os.write(fd, b'\\xff\\xff\\xff\\xff' + b'R' * 1000)\n        except OSError: pass\n    return 0" },
        { "asks the tests' process for their secrets", FramesOf("R", """["ask",["get",0,"__globals__"],[],{}]""") },
        { "turns around the tools of the channel", "import json, os\njson.dumps = lambda *a, **k: '[\"done\",42,[]]'\ndef f(x): return 0" },
        { "crashes by recursion", "import sys\nsys.setrecursionlimit(10 ** 9)\ndef f(x): return f(x)" },
        { "recurses without end", "def f(x): return f(x)" },
        { "returns too much", "def f(x): return 'x' * (20 << 20)" },
        { "returns a value nested too deeply", "def f(x):\n    v = []\n    for _ in range(100000): v = [v]\n    return v" },
        { "raises what the test would raise", "def f(x): raise AssertionError()" },
        { "takes all memory", "def f(x):\n    v = []\n    while True: v.append(bytearray(10 << 20))" },
        { "starts processes without end", "import os\ndef f(x):\n    while True:\n        try: os.fork()\n        except OSError: return 0" },
        { "kills its parent", "import os, signal\ndef f(x):\n    os.kill(os.getppid(), signal.SIGKILL)\n    os.kill(-1, signal.SIGKILL)\n    return 0" },
        { "leaves threads running", "import threading\ndef spin():\n    while True: pass\ndef f(x):\n    for _ in range(4): threading.Thread(target=spin).start()\n    return 0" },
    };

    [ContainedTheory]
    [MemberData(nameof(Forgeries))]
    public async Task A_wrong_program_never_passes(string what, string program)
    {
        PythonLanguage hasty = await PythonLanguage.CreateAsync(programs.Sandbox, new() { HiddenTestTimeout = TimeSpan.FromSeconds(3) });

        ProgramRun run = await hasty.RunHiddenTestAsync(Problems.Python(Test), program, default);

        run.Passed.Should().BeFalse("it {0}", what);
    }

    [Fact]
    public async Task A_program_that_never_returns_times_out()
    {
        PythonLanguage hasty = await PythonLanguage.CreateAsync(programs.Sandbox, new() { TestTimeout = TimeSpan.FromSeconds(3) });
        const string Program = "import signal\nfor s in range(1, 65):\n    try: signal.signal(s, signal.SIG_IGN)\n    except (OSError, ValueError): pass\ndef f(x):\n    while x > 1: pass\n    return 42\n";

        ProgramRun run = await hasty.RunTestsAsync(Problems.Python(Test), Program, ["assert f(2) == 43", "assert f(1) == 42"], default);

        run.Tests.Select(test => (test.Outcome, test.Detail)).Should().Equal((TestOutcome.TimedOut, "no result within 3 s"), (TestOutcome.Passed, null));
    }

    [Fact]
    public async Task A_test_that_ends_its_process_is_told_apart_from_a_program_that_does()
    {
        ImmutableArray<string> tests = ["assert f(1) == 1 and __import__('os')._exit(0)", "assert f(1) == 1", "assert f(0) == 1", "assert f(1) == 1"];

        ProgramRun run = await programs.Python.RunTestsAsync(Problems.Python(Test), "import os\ndef f(x):\n    return x or os._exit(3)\n", tests, default);

        run.Tests.Select(test => (test.Outcome, test.Detail)).Should().Equal(
            (TestOutcome.Died, "The test ended its process (exit code 0) before the test was over."),
            (TestOutcome.Passed, null),
            (TestOutcome.Died, "The program ended its process (exit code 3) before the test was over."),
            (TestOutcome.Passed, null));
    }

    [ContainedFact]
    public async Task Neither_secrets_nor_files_nor_the_network_of_the_host_are_in_reach()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string secret = Path.Combine(Path.GetTempPath(), $"reflexion-{Environment.ProcessId}.secret");
        await File.WriteAllTextAsync(secret, "secret");
        try
        {
            string program = $$"""
                import os, socket
                def f(x):
                    found = []
                    for path in ({{Literal(secret)}}, '/etc/shadow', '/etc/hostname', {{Literal(SharedFolder.Root)}} + '/data/README.md'):
                        try: found.append(open(path).read()[:10])
                        except OSError: pass
                    try:
                        socket.create_connection(('127.0.0.1', {{((IPEndPoint)listener.LocalEndpoint).Port}}), 1)
                        found.append('network')
                    except OSError: pass
                    return found + [name for name in os.environ if not name.startswith(('PYTHON', 'LC_'))]
                """;

            ProgramRun run = await programs.Python.RunHiddenTestAsync(Problems.Python("def check(candidate):\n    assert candidate(1) == []\n"), program, default);

            run.Tests[0].Should().Be(new TestResult(run.Tests[0].Test, TestOutcome.Passed) { Actual = "[]" });
            listener.Pending().Should().BeFalse();
        }
        finally
        {
            File.Delete(secret);
        }
    }

    [Fact]
    public async Task Nothing_stays_from_one_test_to_the_next_or_from_one_run_to_the_next()
    {
        ProgrammingProblem problem = Problems.Python(Test);
        const string Program = "import os\nseen = []\ndef f(x):\n    old = os.path.exists('left')\n    if x: open('left', 'w').close()\n    seen.append(x)\n    return [len(seen), old and not x]\n";

        ProgramRun first = await programs.Python.RunTestsAsync(problem, Program, ["assert f(1) == [1, False]", "assert f(2) == [1, False]"], default);
        ProgramRun second = await programs.Python.RunTestsAsync(problem, Program, ["assert f(0) == [1, False]"], default);

        first.Passed.Should().BeTrue();
        second.Passed.Should().BeTrue();
    }

    private static string Literal(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    /// <summary>A program that writes a frame of its own to every channel it can find before it replies.</summary>
    private static string FramesOf(string kind, string body) =>
        $"import os\ndef f(x):\n    body = {Literal(kind + body)}.encode()\n    for fd in range(1, 20):\n        try: os.write(fd, len(body).to_bytes(4, 'big') + body)\n        except OSError: pass\n    return 0\n";
}
