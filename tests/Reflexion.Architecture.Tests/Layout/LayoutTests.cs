using System.Text.RegularExpressions;

namespace Reflexion.Tests;

public sealed partial class LayoutTests
{
    private static readonly string[] TestsWithoutPackage = ["Reflexion.Architecture.Tests", "Reflexion.Benchmarks", "Reflexion.Docs.Tests", "Reflexion.Tests.Worker", "Reflexion.WireTests"];

    /// <summary>Folders of a test project that test several folders of the package at once, so that none mirrors them.</summary>
    private static readonly string[] CrossCutting = ["Support", "Scenarios"];

    private static readonly string[] FoldersOfProjects = ["src", "tests", "samples"];

    public static TheoryData<string> Packages => Repository.PackageNames;

    [Fact]
    public void The_top_level_holds_what_the_design_names_and_nothing_else() =>
        Repository.TopLevel().Should().BeEquivalentTo("src", "tests", "samples", "Reflexion.sln", "Directory.Build.props", "README.md", "LICENSE");

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_lies_in_the_folder_of_its_name(string package) =>
        Repository.Relative(Repository.Packages[package]).Should().Be($"src/{package}/{package}.csproj");

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_tests(string package) =>
        File.Exists(Repository.PathOf("tests", $"{package}.Tests", $"{package}.Tests.csproj")).Should().BeTrue();

    [Theory]
    [MemberData(nameof(Packages))]
    public void Tests_lie_where_what_they_test_lies(string package) =>
        Repository.FoldersUnder("tests", $"{package}.Tests")
            .Where(folder => !CrossCutting.Contains(folder.Split('/')[0]) && !Directory.Exists(Repository.PathOf("src", package, folder)))
            .Should().BeEmpty("a folder of tests mirrors a folder of src/{0}, or is one of {1}", package, string.Join(", ", CrossCutting));

    [Fact]
    public void A_test_project_belongs_to_a_package_or_is_one_of_the_few_that_test_the_whole() =>
        Repository.FilesUnder("tests").Where(IsProject).Select(path => Path.GetFileNameWithoutExtension(path))
            .Except(Repository.Packages.Keys.Select(package => $"{package}.Tests")).Should().BeSubsetOf(TestsWithoutPackage);

    [Fact]
    public void Every_project_is_in_the_solution() =>
        SolutionEntry().Matches(File.ReadAllText(Repository.PathOf("Reflexion.sln"))).Select(match => match.Groups["path"].Value.Replace('\\', '/'))
            .Should().BeEquivalentTo(FoldersOfProjects.SelectMany(folder => Repository.FilesUnder(folder)).Where(IsProject));

    private static bool IsProject(string path) => path.EndsWith(".csproj", StringComparison.Ordinal);

    [GeneratedRegex("\"(?<path>[^\"]+\\.csproj)\"")]
    private static partial Regex SolutionEntry();
}
