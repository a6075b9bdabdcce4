using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>Python, run by an interpreter of this machine in a sandbox.</summary>
/// <remarks>
/// The tests run in one process and the program in another; values cross as data. What crosses as itself: None, numbers of any
/// size, strings, bytes, the containers of the language and of <c>collections</c>, ranges, iterators, exceptions, <c>Decimal</c>,
/// <c>Fraction</c> and dates, and changes that a program makes to its arguments. Objects of a program's own classes can be called
/// and looked into, and are equal to themselves alone. Thread-safe.
/// </remarks>
public sealed class PythonLanguage : IProgrammingLanguage
{
    /// <summary>The name of Python in <see cref="ProgrammingProblem.Language"/>.</summary>
    public const string LanguageName = "python";

    private readonly ISandbox _sandbox;
    private readonly PythonOptions _options;
    private readonly HarnessCommands _commands;
    private readonly Examiner _examiner;

    private PythonLanguage(ISandbox sandbox, PythonOptions options, PythonInterpreter interpreter)
    {
        _sandbox = sandbox;
        _options = options;
        _commands = PythonHarness.Commands(interpreter, options.Limits);
        _examiner = new(sandbox, _commands, options.Time);
    }

    /// <inheritdoc/>
    public string Name => LanguageName;

    /// <inheritdoc/>
    public string DisplayName => "Python";

    /// <inheritdoc/>
    public string LineComment => "#";

    /// <inheritdoc/>
    public string TestForm => "one assert statement a line, such as `assert add(1, 2) == 3`, without helpers or variables";

    /// <summary>Finds the interpreter.</summary>
    /// <param name="sandbox">Runs the programs. Not disposed with the language.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="SandboxException">There is no interpreter, or it is too old.</exception>
    public static async ValueTask<PythonLanguage> CreateAsync(ISandbox sandbox, PythonOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        options = (options ?? new()).Validate();
        return new(sandbox, options, await PythonInterpreter.FindAsync(options.Interpreter, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public string? ReadProgram(ProgrammingProblem problem, string reply)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(reply);
        return PythonReply.ReadProgram(problem, reply);
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<string>> ReadTestsAsync(ProgrammingProblem problem, string reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(reply);
        var analysis = new TestAnalysis(_sandbox, _commands.Checker, _options.HiddenTestTimeout, _options.Time);
        return await analysis.RunAsync(PythonHarness.Analyse(problem, ReplyText.CodeOf(reply)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<ProgramRun> RunTestsAsync(ProgrammingProblem problem, string program, ImmutableArray<string> tests, CancellationToken cancellationToken) =>
        RunAsync(problem, program, tests, _options.TestTimeout, lenient: true, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ProgramRun> RunHiddenTestAsync(ProgrammingProblem problem, string program, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return RunAsync(problem, program, [problem.HiddenTest], _options.HiddenTestTimeout, lenient: false, cancellationToken);
    }

    private async ValueTask<ProgramRun> RunAsync(
        ProgrammingProblem problem, string program, ImmutableArray<string> tests, TimeSpan timeout, bool lenient, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(program);
        var paper = new ExamPaper(
            PythonHarness.Checker(problem), PythonHarness.Candidate(program), [.. tests.Select(test => (test, PythonHarness.Test(test, lenient)))], timeout);
        return new(await _examiner.RunAsync(paper, cancellationToken).ConfigureAwait(false));
    }
}
