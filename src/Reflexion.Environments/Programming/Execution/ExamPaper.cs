using System.Collections.Immutable;

namespace Reflexion.Environments;

/// <summary>A program, and the tests to put to it, as their harness takes them.</summary>
/// <param name="Checker">What the checker loads.</param>
/// <param name="Candidate">What the candidate loads.</param>
/// <param name="Tests">The tests: what to call each in the results, and what the checker is sent.</param>
/// <param name="TestTimeout">How long one test may take.</param>
internal sealed record ExamPaper(
    ReadOnlyMemory<byte> Checker, ReadOnlyMemory<byte> Candidate, ImmutableArray<(string Text, ReadOnlyMemory<byte> Body)> Tests, TimeSpan TestTimeout);
