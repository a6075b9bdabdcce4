namespace Reflexion.Tests;

public sealed class SuppressionTests
{
    [Fact]
    public void No_source_file_switches_a_warning_off_without_saying_why() =>
        SourceFile.All().SelectMany(file => Suppressions.UnjustifiedInSource(file.Lines).Select(line => $"{file.Path}:{line}")).Should().BeEmpty();

    [Fact]
    public void No_project_file_switches_a_warning_off_without_saying_why() =>
        Repository.FilesUnder().Where(path => Path.GetExtension(path) is ".csproj" or ".props" or ".targets")
            .SelectMany(path => Suppressions.UnjustifiedInProject(File.ReadAllLines(Repository.PathOf(path))).Select(line => $"{path}:{line}"))
            .Should().BeEmpty();

    [Theory]
    [InlineData("#pragma warning disable CA1000", 1)]
    [InlineData("#pragma warning disable CA1000 // The type argument is the point.", 0)]
    [InlineData("// The type argument is the point.\n#pragma warning disable CA1000", 0)]
    [InlineData("#pragma warning restore CA1000", 0)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000\")] class C;", 1)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000\", Justification = \" \")] class C;", 1)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000\", Justification = \"The type argument is the point.\")] class C;", 0)]
    [InlineData("[assembly: UnconditionalSuppressMessage(\"Trimming\", \"IL2026\")]", 1)]
    [InlineData("var text = \"#pragma warning disable CA1000\";", 0)]
    public void A_suppression_in_source_needs_its_reason(string source, int found) =>
        Suppressions.UnjustifiedInSource(source.Split('\n')).Should().HaveCount(found);

    [Theory]
    [InlineData("<NoWarn>CA1000</NoWarn>", 1)]
    [InlineData("<PropertyGroup>\n<WarningsNotAsErrors>CA1000</WarningsNotAsErrors>", 2)]
    [InlineData("<!-- The type argument is the point. -->\n<NoWarn>CA1000</NoWarn>", 0)]
    [InlineData("<!-- The type argument\n     is the point. -->\n<NoWarn>CA1000</NoWarn>", 0)]
    [InlineData("<NoWarn>CA1000</NoWarn> <!-- The type argument is the point. -->", 0)]
    public void A_suppression_in_a_project_needs_its_reason(string project, int line) =>
        Suppressions.UnjustifiedInProject(project.Split('\n')).Should().Equal(line == 0 ? [] : [line]);
}
