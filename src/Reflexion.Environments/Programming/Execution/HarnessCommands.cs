namespace Reflexion.Environments;

/// <summary>The two programs of an examination: what holds the tests, and what holds the solution. Each waits for its work on its standard input.</summary>
/// <param name="Checker">Runs the tests, and says how they went.</param>
/// <param name="Candidate">Runs the solution, and nothing else.</param>
internal sealed record HarnessCommands(SandboxCommand Checker, SandboxCommand Candidate);
