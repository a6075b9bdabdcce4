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
            await RunAsync(sample);
        }
    }

    [SharedFact("models")]
    public async Task A_pretrained_model_learns_to_write_refinements_for_two_domains()
    {
        string model = new DirectoryInfo(SharedFolder.PathOf("models")).EnumerateFiles("*.gguf", SearchOption.AllDirectories).MaxBy(file => file.Length)!.FullName;
        await RunAsync(
            new("TrainHousehold", "rated, households: 12 refinements", "rated, sentences: 12 refinements", "rloo ", "held out after update 2", "Trained: rloo, sft"),
            "--actor", Repository.PathOf("samples", "HouseholdModel", "Model"), "--writer", model, "--also", "sentences");
        string untrained = Directory.CreateTempSubdirectory("adapters").FullName;
        await RunAsync(
            new("RetroformerExperiment", "Untrained: temperature ", "of 2 tasks x 1 seed", "Retry ", "Untrained ", "The report: "),
            "--domain", "sentences", "--writer", model, "--adapters", untrained, "--tasks", "2", "--trials", "2");
        Directory.Delete(untrained);
    }

    [Theory]
    [InlineData("TrainHousehold", "--writer", "model.gguf", "--writer and --kinds need --actor.")]
    [InlineData("RetroformerExperiment", "--domain", "sentences", "--domain sentences needs --writer FILE")]
    [InlineData("RetroformerExperiment", "--writer", "model.gguf", "--writer needs --adapters FOLDER")]
    [InlineData("RetroformerExperiment", "--arms", "Retri", "There is no arm 'Retri'. The arms are Retry, LastAttempt, ")]
    [InlineData("RetroformerExperiment", "--games", "nowhere.jsonl", "--games: there is no file or folder 'nowhere.jsonl'.")]
    [InlineData("RetroformerExperiment", "--kinds", "G", "--kinds are letters from ABCDEF, not 'G'.")]
    public async Task A_wrong_command_line_is_explained(string sample, string option, string value, string explanation)
    {
        (int exitCode, string output) = await Dotnet.RunAsync(ProgramOf(sample), option, value);

        exitCode.Should().Be(2);
        output.Should().Contain(explanation);
    }

    [Theory]
    [InlineData("one two three", null, "one", "three")]
    [InlineData("one two three", "one", "three", "one")]
    [InlineData("one two three", "four", "four")]
    [InlineData("one", "one", "one", "one")]
    public void Fragments_are_looked_for_in_order(string output, string? missing, params string[] fragments) =>
        MissingIn(output, fragments).Should().Be(missing);

    private static async Task RunAsync(SampleExpectation sample, params string[] arguments)
    {
        (int exitCode, string output) = await Dotnet.RunAsync([ProgramOf(sample.Name), .. arguments]);

        exitCode.Should().Be(0, "{0} must run, but it said: {1}", sample.Name, output);
        MissingIn(output, sample.Fragments).Should().BeNull("{0} must print it, after what comes before it; it said: {1}", sample.Name, output);
    }

    private static string ProgramOf(string sample) => Repository.PathOf("samples", sample, "bin", Repository.Configuration, "net10.0", $"{sample}.dll");

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
