using System.Xml.Linq;

namespace Reflexion.Tests;

public sealed class DependencyTableTests
{
    public static TheoryData<string> Packages => Repository.PackageNames;

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_refers_only_to_what_the_table_allows(string package) =>
        DependencyTable.Violations(package, Repository.ReadProject(Repository.Packages[package])).Should().BeEmpty();

    [Fact]
    public void What_all_packages_share_is_for_the_build_alone() =>
        ProjectFileReference.AllIn(Repository.ReadProject(Repository.PathOf("src", "Directory.Build.props")))
            .Where(reference => reference is not { Kind: ReferenceKind.Import, Name: "../Directory.Build.props" })
            .Should().OnlyContain(reference => reference.IsPrivate);

    [Theory]
    [InlineData("Reflexion.Storage.Sqlite", "<ProjectReference Include='../Reflexion.Storage.PostgreSql/Reflexion.Storage.PostgreSql.csproj' />")]
    [InlineData("Reflexion.Storage.Sqlite", @"<ProjectReference Include='..\Reflexion.Distributed\Reflexion.Distributed.csproj' />")]
    [InlineData("Reflexion", "<ProjectReference Include='../Reflexion.Testing/Reflexion.Testing.csproj' />")]
    [InlineData("Reflexion", "<PackageReference Include='OpenAI' />")]
    [InlineData("Reflexion.Testing", "<PackageReference Include='xunit' />")]
    [InlineData("Reflexion.LanguageModels", "<ProjectReference Include='../Reflexion/Reflexion.csproj' />")]
    [InlineData("Reflexion.Environments", "<ProjectReference Include='../Reflexion.Retroformer/Reflexion.Retroformer.csproj' />")]
    [InlineData("Reflexion", "<FrameworkReference Include='Microsoft.AspNetCore.App' />")]
    [InlineData("Reflexion", "<Reference Include='Foreign'><HintPath>lib/Foreign.dll</HintPath></Reference>")]
    [InlineData("Reflexion", "<Import Project='../elsewhere.props' />")]
    [InlineData("Reflexion", "<InternalsVisibleTo Include='Reflexion.Retroformer' />")]
    public void A_forbidden_reference_is_found(string package, string reference) =>
        DependencyTable.Violations(package, Project(reference)).Should().ContainSingle().Which.Should().StartWith($"{package} may not use the ");

    [Theory]
    [InlineData("Reflexion.Retroformer", "<ProjectReference Include='../Reflexion.LanguageModels/Reflexion.LanguageModels.csproj' />")]
    [InlineData("Reflexion", "<PackageReference Include='Polly.Core' />")]
    [InlineData("Reflexion", "<PackageReference Include='An.Analyzer' PrivateAssets='all' />")]
    [InlineData("Reflexion", "<InternalsVisibleTo Include='Reflexion.Tests' />")]
    public void An_allowed_reference_passes(string package, string reference) =>
        DependencyTable.Violations(package, Project(reference)).Should().BeEmpty();

    [Fact]
    public void A_package_that_the_table_does_not_know_is_told_what_to_do() =>
        DependencyTable.Violations("Reflexion.Surprise", Project("")).Should().ContainSingle()
            .Which.Should().Be("Reflexion.Surprise is not in the dependency table: decide what it may know, add a line to DependencyTable, and say so in src/README.md.");

    private static XElement Project(string items) => XElement.Parse($"<Project><ItemGroup>{items}</ItemGroup></Project>");
}
