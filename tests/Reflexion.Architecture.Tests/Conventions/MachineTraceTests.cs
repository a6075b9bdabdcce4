namespace Reflexion.Tests;

public sealed class MachineTraceTests
{
    [Fact]
    public void No_file_knows_a_machine_or_a_registry() =>
        Repository.FilesUnder().Select(path => (Path: path, Text: File.ReadAllText(Repository.PathOf(path))))
            .Where(file => !file.Text.Contains('\0'))
            .SelectMany(file => MachineTraces.In(file.Text).Select(trace => $"{file.Path}: {trace}"))
            .Should().BeEmpty();

    [Theory]
    [InlineData("cd /ho", "me/someone/code")]
    [InlineData("\"/wo", "rk/shared\"")]
    [InlineData(@"C:\Use", @"rs\someone")]
    [InlineData("https://api.nuget", ".org/v3/index.json")]
    [InlineData("deb https://deb.debian", ".org/debian")]
    public void A_trace_is_found(string start, string rest) => MachineTraces.In(start + rest).Should().ContainSingle();

    [Theory]
    [InlineData("../shared/data")]
    [InlineData("https://example.test/home/page")]
    [InlineData("Environment.SpecialFolder.UserProfile")]
    public void What_works_anywhere_is_not_a_trace(string text) => MachineTraces.In(text).Should().BeEmpty();
}
