namespace Reflexion.Environments;

/// <summary>A problem: what a program must do, and the test that decides whether it does.</summary>
/// <remarks>The hidden test and the canonical solution stay with the domain; a task made of a problem carries neither.</remarks>
public sealed record ProgrammingProblem
{
    /// <summary>Identifies the problem. Not blank.</summary>
    public required string Id { get; init; }

    /// <summary>The programming language, as in <see cref="IProgrammingLanguage.Name"/>: <see cref="PythonLanguage.LanguageName"/>, <see cref="CSharpLanguage.LanguageName"/>.</summary>
    public required string Language { get; init; }

    /// <summary>Signature and documentation, as the agent sees them, with what they need: imports, helpers.</summary>
    public required string Prompt { get; init; }

    /// <summary>The name of the function asked for.</summary>
    public required string EntryPoint { get; init; }

    /// <summary>The test that decides. It never reaches a prompt.</summary>
    public required string HiddenTest { get; init; }

    /// <summary>A solution that passes the hidden test, or null where none is given. It never reaches a prompt.</summary>
    public string? CanonicalSolution { get; init; }

    /// <summary>How hard it is, for tables: <c>easy</c>, <c>medium</c>, <c>hard</c>; empty (default) where nobody said.</summary>
    public string Difficulty { get; init; } = "";
}
