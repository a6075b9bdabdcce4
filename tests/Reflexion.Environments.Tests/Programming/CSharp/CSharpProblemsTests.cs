using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Reflexion.Environments;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>The package's own problems: their canonical solutions pass, and solutions that were broken on purpose do not.</summary>
[Collection(ProgramsCollection.Name)]
public sealed class CSharpProblemsTests(Programs programs, ITestOutputHelper output)
{
    private const int MutantsEach = 2;
    private static readonly ParallelOptions _two = new() { MaxDegreeOfParallelism = 2 };

    [Fact]
    public void There_are_at_least_twenty_from_easy_to_hard()
    {
        ProgrammingProblems.CSharp.Length.Should().BeGreaterThanOrEqualTo(20);
        ProgrammingProblems.CSharp.Select(problem => problem.Id).Should().OnlyHaveUniqueItems();
        ProgrammingProblems.CSharp.Select(problem => problem.Difficulty).Should().BeInAscendingOrder(Comparer<string>.Create((a, b) => Rank(a).CompareTo(Rank(b))));
        ProgrammingProblems.CSharp.GroupBy(problem => problem.Difficulty).Should().OnlyContain(group => group.Count() >= 5).And.HaveCount(3);
    }

    [Fact]
    public async Task Every_canonical_solution_passes()
    {
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(ProgrammingProblems.CSharp, _two, async (problem, cancellationToken) =>
        {
            string program = programs.CSharp.ReadProgram(problem, problem.CanonicalSolution!)!;
            ProgramRun run = await programs.CSharp.RunHiddenTestAsync(problem, program, cancellationToken);
            if (!run.Passed)
            {
                failures.Add($"{problem.Id}: {run.Fault} {string.Join(' ', run.Tests.Select(test => $"{test.Outcome} {test.Actual} {test.Detail}"))}");
            }
        });

        failures.Should().BeEmpty();
    }

    [Fact]
    public async Task Solutions_with_a_slip_fail()
    {
        var survivors = new System.Collections.Concurrent.ConcurrentBag<string>();
        int tried = 0;
        await Parallel.ForEachAsync(ProgrammingProblems.CSharp, _two, async (problem, cancellationToken) =>
        {
            foreach (string mutant in Mutants(problem.CanonicalSolution!).Take(MutantsEach))
            {
                Interlocked.Increment(ref tried);
                ProgramRun run = await programs.CSharp.RunHiddenTestAsync(problem, programs.CSharp.ReadProgram(problem, mutant)!, cancellationToken);
                if (run.Passed)
                {
                    survivors.Add($"{problem.Id}:\n{mutant}");
                }
            }
        });

        output.WriteLine($"{tried} slips, {survivors.Count} unnoticed.");
        tried.Should().BeGreaterThan(20);
        survivors.Should().BeEmpty();
    }

    private static int Rank(string difficulty) => Array.IndexOf(["easy", "medium", "hard"], difficulty);

    /// <summary>The solution with one comparison, one step or one return changed.</summary>
    private static IEnumerable<string> Mutants(string solution)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(solution).GetRoot();
        foreach (LiteralExpressionSyntax text in root.DescendantNodes().OfType<LiteralExpressionSyntax>().Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression) && literal.Token.ValueText.Length > 0 && !literal.Ancestors().Any(node => node is ThrowExpressionSyntax)))
        {
            yield return root.ReplaceNode(text, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text.Token.ValueText[1..]))).ToFullString();
        }

        foreach (BinaryExpressionSyntax comparison in root.DescendantNodes().OfType<BinaryExpressionSyntax>())
        {
            SyntaxKind? other = comparison.Kind() switch
            {
                SyntaxKind.LessThanExpression => SyntaxKind.GreaterThanExpression,
                SyntaxKind.GreaterThanExpression => SyntaxKind.LessThanExpression,
                SyntaxKind.EqualsExpression => SyntaxKind.NotEqualsExpression,
                SyntaxKind.AddExpression => SyntaxKind.SubtractExpression,
                _ => null,
            };
            if (other is { } kind)
            {
                yield return root.ReplaceNode(comparison, SyntaxFactory.BinaryExpression(kind, comparison.Left, comparison.Right)).NormalizeWhitespace().ToFullString();
            }
        }
    }
}
