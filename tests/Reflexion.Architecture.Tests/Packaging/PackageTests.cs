using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Reflexion.Tests;

public sealed class PackageTests(PackedFeed feed) : IClassFixture<PackedFeed>
{
    public static TheoryData<string> Packages => Repository.PackageNames;

    [Fact]
    public void Packing_raises_no_warning() => feed.Log.Should().NotContainEquivalentOf("warn");

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_holds_its_assembly_documentation_and_readme(string package)
    {
        using ZipArchive archive = feed.Open(package);

        archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal) || name.EndsWith(".md", StringComparison.Ordinal))
            .Should().BeEquivalentTo($"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml", "README.md");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_its_symbols_beside_it(string package)
    {
        using ZipArchive archive = feed.Open(package, "snupkg");

        archive.GetEntry($"lib/net10.0/{package}.pdb").Should().NotBeNull();
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task A_package_says_what_it_is(string package)
    {
        XElement metadata = await ReadMetadataAsync(package);

        Value(metadata, "id").Should().Be(package);
        Value(metadata, "license").Should().Be("MIT");
        Value(metadata, "readme").Should().Be("README.md");
        Value(metadata, "authors").Should().NotBeNullOrWhiteSpace();
        Value(metadata, "tags").Should().Contain("llm");
        Value(metadata, "description").Should().NotBe("Package Description", "that is what a project without a Description gets");
        Value(metadata, "description")!.Length.Should().BeGreaterThan(40);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task A_package_depends_on_what_the_table_allows(string package)
    {
        XElement metadata = await ReadMetadataAsync(package);
        DependencyRule rule = DependencyTable.Rules[package];

        metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value)
            .Should().BeSubsetOf([.. rule.Projects, .. rule.Packages]);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void An_assembly_is_built_the_same_on_every_machine(string package)
    {
        using ZipArchive archive = feed.Open(package);
        using MemoryStream assembly = new();
        using (Stream packed = archive.GetEntry($"lib/net10.0/{package}.dll")!.Open())
        {
            packed.CopyTo(assembly);
        }

        assembly.Position = 0;
        using PEReader reader = new(assembly);
        reader.ReadDebugDirectory().Should().Contain(entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    private async Task<XElement> ReadMetadataAsync(string package)
    {
        using ZipArchive archive = feed.Open(package);
        await using Stream nuspec = await archive.GetEntry($"{package}.nuspec")!.OpenAsync();
        XDocument document = await XDocument.LoadAsync(nuspec, LoadOptions.None, CancellationToken.None);
        return document.Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
}
