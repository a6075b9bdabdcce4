using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>A programming language that an agent can be asked to write in: reads what models reply, and runs it where it can do no harm.</summary>
/// <remarks>
/// Write one to add a language. Implementations are immutable and safe to share between threads; they run programs through an
/// <see cref="ISandbox"/>, never in the process of the host, and no two runs share anything.
/// </remarks>
public interface IProgrammingLanguage
{
    /// <summary>The name by which problems refer to it: lower case, no blanks.</summary>
    string Name { get; }

    /// <summary>The name as people write it: <c>C#</c>.</summary>
    string DisplayName { get; }

    /// <summary>What starts a comment that reaches to the end of the line: <c>//</c>.</summary>
    string LineComment { get; }

    /// <summary>How one unit test looks, in words and with an example, for the model that is to write some.</summary>
    string TestForm { get; }

    /// <summary>Takes the program out of a model's reply: whole or only a function's body, with or without fences and prose around it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="reply">What the model replied.</param>
    /// <returns>The program, complete; null where the reply holds no code.</returns>
    string? ReadProgram(ProgrammingProblem problem, string reply);

    /// <summary>Takes the unit tests out of a model's reply.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="reply">What the model replied.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The tests that are sound in syntax and call the function asked for, each once, in their order.</returns>
    ValueTask<ImmutableArray<string>> ReadTestsAsync(ProgrammingProblem problem, string reply, CancellationToken cancellationToken);

    /// <summary>Runs a program against unit tests, each from a fresh start.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="program">The program, complete.</param>
    /// <param name="tests">The tests, as <see cref="ReadTestsAsync"/> gives them.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>What became of each test, in their order.</returns>
    ValueTask<ProgramRun> RunTestsAsync(ProgrammingProblem problem, string program, ImmutableArray<string> tests, CancellationToken cancellationToken);

    /// <summary>Runs a program against the problem's hidden test.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="program">The program, complete.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>A run of one test.</returns>
    ValueTask<ProgramRun> RunHiddenTestAsync(ProgrammingProblem problem, string program, CancellationToken cancellationToken);
}
