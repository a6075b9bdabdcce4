using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>What an independent framework computed with the same losses.</summary>
public sealed class PpoGoldenTests(ITestOutputHelper output)
{
    [SharedFact("goldens")]
    public async Task Losses_diagnostics_gradients_and_steps_of_every_golden_case_are_met_within_1e_4()
    {
        string[] folders = [.. Directory.GetDirectories(SharedFolder.PathOf("goldens")).Where(folder => File.Exists(Path.Combine(folder, "case.json")))];
        List<string> failures = [];
        foreach (string folder in folders)
        {
            using var scratch = new TemporaryFolder();
            using var golden = new PpoGolden(folder, scratch.Path);
            await golden.CompareAsync();
            (string worst, double most) = golden.Deviations.MaxBy(each => each.Deviation);
            output.WriteLine($"{Path.GetFileName(folder)}: {golden.Deviations.Count} figures, {worst} deviates most, by {most:E1}");
            failures.AddRange(golden.Deviations.Where(each => !(each.Deviation <= 1e-4)).Select(each => $"{folder} {each.Figure}: {each.Deviation:E1}"));
        }

        folders.Should().NotBeEmpty();
        failures.Should().BeEmpty();
    }
}
