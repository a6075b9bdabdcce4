namespace Reflexion.Tests;

public sealed class SampleTests
{
    [Fact]
    public void Every_sample_has_its_expected_output() =>
        SampleExpectation.All.Select(sample => sample.Name).Should().BeEquivalentTo(Names());

    [Fact]
    public async Task Every_sample_runs_and_prints_what_it_shows()
    {
        foreach (SampleExpectation sample in SampleExpectation.All)
        {
            (int exitCode, string output) = await Dotnet.RunAsync(
                Repository.PathOf("samples", sample.Name, "bin", Repository.Configuration, "net10.0", $"{sample.Name}.dll"));

            exitCode.Should().Be(0, "{0} must run, but it said: {1}", sample.Name, output);
            MissingIn(output, sample.Fragments).Should().BeNull("{0} must print it, after what comes before it; it said: {1}", sample.Name, output);
        }
    }

    [Theory]
    [InlineData("one two three", null, "one", "three")]
    [InlineData("one two three", "one", "three", "one")]
    [InlineData("one two three", "four", "four")]
    [InlineData("one", "one", "one", "one")]
    public void Fragments_are_looked_for_in_order(string output, string? missing, params string[] fragments) =>
        MissingIn(output, fragments).Should().Be(missing);

    /// <summary>The samples are the projects with a Program.cs; what they share is none.</summary>
    private static IEnumerable<string> Names() =>
        Directory.GetDirectories(Repository.PathOf("samples")).Where(folder => File.Exists(Path.Combine(folder, "Program.cs"))).Select(folder => Path.GetFileName(folder));

    private static string? MissingIn(string output, IEnumerable<string> fragments)
    {
        int from = 0;
        foreach (string fragment in fragments)
        {
            int found = output.IndexOf(fragment, from, StringComparison.Ordinal);
            if (found < 0)
            {
                return fragment;
            }

            from = found + fragment.Length;
        }

        return null;
    }
}
