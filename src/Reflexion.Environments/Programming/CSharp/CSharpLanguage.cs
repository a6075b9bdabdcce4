using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Reflexion.Environments;

/// <summary>C#, compiled in memory by Roslyn and run by the .NET runtime in a sandbox.</summary>
/// <remarks>
/// A problem asks for one static method, whose declaration ends its prompt. The tests run in one process, against a stub of that
/// method, and the program in another; values cross as data by the types of the declaration: numbers, strings, tuples, arrays and
/// the platform's collections, with changes that a program makes to them. Nothing that a model wrote is loaded into this
/// process. Thread-safe.
/// </remarks>
public sealed class CSharpLanguage : IProgrammingLanguage
{
    /// <summary>The name of C# in <see cref="ProgrammingProblem.Language"/>.</summary>
    public const string LanguageName = "csharp";

    private readonly CSharpOptions _options;
    private readonly CSharpCompiler _compiler;
    private readonly CSharpTests _tests;
    private readonly Examiner _examiner;

    /// <summary>Finds the runtime and compiles the harness; takes about a second.</summary>
    /// <param name="sandbox">Runs the programs. Not disposed with the language.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <exception cref="SandboxException">There is no .NET runtime of this process's generation.</exception>
    public CSharpLanguage(ISandbox sandbox, CSharpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        _options = (options ?? new()).Validate();
        DotnetRuntime runtime = DotnetRuntime.Find(_options.DotnetRoot);
        _compiler = new(runtime);
        CSharpHarness harness = CSharpHarness.Build(runtime, _compiler, _options.Limits);
        _tests = new(_compiler, harness);
        _examiner = new(sandbox, harness.Commands, _options.Time);
    }

    /// <inheritdoc/>
    public string Name => LanguageName;

    /// <inheritdoc/>
    public string DisplayName => "C#";

    /// <inheritdoc/>
    public string LineComment => "//";

    /// <inheritdoc/>
    public string TestForm =>
        "one assertion a line, such as `Assert.Equal(3, Solution.Add(1, 2));`, `Assert.True(...);` or `Assert.Throws<ArgumentException>(() => Solution.Add(1, 2));`, without variables or helpers";

    /// <inheritdoc/>
    public string? ReadProgram(ProgrammingProblem problem, string reply)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(reply);
        return CSharpReply.ReadProgram(problem, reply);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<string>> ReadTestsAsync(ProgrammingProblem problem, string reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(reply);
        return ValueTask.FromResult(_tests.Find(problem, ReplyText.CodeOf(reply), cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<ProgramRun> RunTestsAsync(ProgrammingProblem problem, string program, ImmutableArray<string> tests, CancellationToken cancellationToken) =>
        RunAsync(problem, program, tests, _options.TestTimeout, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ProgramRun> RunHiddenTestAsync(ProgrammingProblem problem, string program, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return RunAsync(problem, program, [problem.HiddenTest], _options.HiddenTestTimeout, cancellationToken);
    }

    private async ValueTask<ProgramRun> RunAsync(
        ProgrammingProblem problem, string program, ImmutableArray<string> tests, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(program);
        (CSharpImage? solution, ImmutableArray<Diagnostic> errors) =
            CSharpCompiler.Emit(_compiler.Compile("solution", [CSharpCompiler.Parse(program, CSharpCompiler.SolutionFile)]), cancellationToken);
        if (solution is null)
        {
            return ProgramRun.Faulty(CSharpErrors.Describe(errors));
        }

        (CSharpImage? image, errors) = _tests.Compile(problem, tests, cancellationToken);
        if (image is null)
        {
            throw new ArgumentException($"The tests of '{problem.Id}' do not compile. {CSharpErrors.Describe(errors)}", nameof(tests));
        }

        var paper = new ExamPaper(
            CSharpHarness.Program(image), CSharpHarness.Program(solution), [.. tests.Select((test, index) => (test, CSharpHarness.Test(CSharpTests.MethodOf(index))))], timeout);
        return new(await _examiner.RunAsync(paper, cancellationToken).ConfigureAwait(false));
    }
}
