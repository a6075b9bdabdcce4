namespace Reflexion.Tests;

public sealed class PublicApiTests
{
    private const string AcceptVariable = "REFLEXION_ACCEPT_API";

    public static TheoryData<string> Packages => Repository.PackageNames;

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_the_approved_one(string package)
    {
        string path = Approved($"{package}.txt");
        string received = PublicApiRenderer.Render(package);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(path, received);
        }

        string approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (received != approved)
        {
            Assert.Fail(Explain(package, received, LineDifference.Between(approved, received)));
        }
    }

    [Fact]
    public void No_approved_surface_outlives_its_package() =>
        Directory.GetFiles(Approved(""), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Should().BeEquivalentTo(Repository.Packages.Keys);

    [Theory]
    [InlineData("a\nb\nc", "a\nb\nc")]
    [InlineData("a\nb\nc", "a\nc", "- b")]
    [InlineData("a\nc", "a\nb\nc", "+ b")]
    [InlineData("a\nb\nc", "a\nx\nc", "- b", "+ x")]
    [InlineData("", "a", "- ", "+ a")]
    [InlineData("T\n    a\n    b\n    c", "T\n    a\n    x\n    d", "  T", "-     b", "-     c", "+     x", "+     d")]
    [InlineData("T\n    a\nU\n    b", "T\n    a\nU\n    c", "  U", "-     b", "+     c")]
    public void A_difference_shows_what_went_and_what_came(string approved, string received, params string[] lines) =>
        LineDifference.Between(approved, received).Should().Equal(lines);

    private static string Approved(string name) => Repository.PathOf("tests", "Reflexion.Architecture.Tests", "PublicApi", name);

    private static string Explain(string package, string received, IEnumerable<string> difference)
    {
        string receivedPath = Path.Combine(AppContext.BaseDirectory, $"{package}.received.txt");
        File.WriteAllText(receivedPath, received);
        return $"""
            The public surface of {package} changed:

            {string.Join('\n', difference)}

            The whole of it is in {receivedPath}. If the change is meant, accept it and commit the text:
                {AcceptVariable}=1 dotnet test tests/Reflexion.Architecture.Tests --filter {nameof(PublicApiTests)}
            """;
    }
}
