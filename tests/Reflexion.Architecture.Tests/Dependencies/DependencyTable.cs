namespace Reflexion.Tests;

/// <summary>Which package may use what. The table is the design's; a change of it is a decision, not a fix of a build.</summary>
internal static class DependencyTable
{
    public static IReadOnlyDictionary<string, DependencyRule> Rules { get; } = new Dictionary<string, DependencyRule>
    {
        ["Reflexion"] = new(
            Projects: [],
            Packages:
            [
                "Microsoft.Extensions.AI.Abstractions",
                "Microsoft.Extensions.DependencyInjection.Abstractions",
                "Microsoft.Extensions.Logging.Abstractions",
                "Microsoft.Extensions.Options",
                "Polly.Core",
            ]),
        ["Reflexion.Testing"] = new(Projects: ["Reflexion"], Packages: []),
        ["Reflexion.LanguageModels"] = new(Projects: [], Packages: ["Microsoft.Extensions.AI.Abstractions", "System.Numerics.Tensors"]),
        ["Reflexion.Retroformer"] = new(Projects: ["Reflexion", "Reflexion.LanguageModels"], Packages: []),
        ["Reflexion.Environments"] = new(Projects: ["Reflexion"], Packages: ["Microsoft.CodeAnalysis.CSharp"]),
        ["Reflexion.Storage.Sqlite"] = new(Projects: ["Reflexion"], Packages: ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3"]),
        ["Reflexion.Storage.PostgreSql"] = new(Projects: ["Reflexion"], Packages: ["Npgsql"]),
        ["Reflexion.Distributed"] = new(Projects: ["Reflexion"], Packages: ["RabbitMQ.Client"]),
        ["Reflexion.Reporting"] = new(Projects: ["Reflexion"], Packages: []),
    };

    /// <summary>Says what a project file refers to and may not.</summary>
    public static IEnumerable<string> Violations(string project, System.Xml.Linq.XElement file)
    {
        if (!Rules.TryGetValue(project, out DependencyRule? rule))
        {
            yield return $"{project} is not in the dependency table: decide what it may know, add a line to {nameof(DependencyTable)}, and say so in src/README.md.";
            yield break;
        }

        foreach (ProjectFileReference reference in ProjectFileReference.AllIn(file).Where(reference => !IsAllowed(reference, rule)))
        {
            yield return $"{project} may not use the {reference.Kind} '{reference.Name}'; it may use {Describe(rule)}.";
        }
    }

    private static bool IsAllowed(ProjectFileReference reference, DependencyRule rule) => reference.Kind switch
    {
        ReferenceKind.Project => rule.Projects.Contains(reference.Name),
        ReferenceKind.Package => reference.IsPrivate || rule.Packages.Contains(reference.Name),
        ReferenceKind.Internals => reference.Name.EndsWith(".Tests", StringComparison.Ordinal) || reference.Name.EndsWith(".Benchmarks", StringComparison.Ordinal),
        _ => false,
    };

    private static string Describe(DependencyRule rule) =>
        rule.Projects.Concat(rule.Packages).ToArray() is { Length: > 0 } allowed ? string.Join(", ", allowed) : "nothing beyond the framework";
}
