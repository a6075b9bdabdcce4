using System.Numerics;
using System.Text.Json;
using Reflexion.LanguageModels;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Every golden case there is, in single and in double precision.</summary>
public sealed class GoldenTests(ITestOutputHelper output)
{
    [SharedFact("goldens")]
    public void In_single_precision_every_golden_value_is_met_within_1e_4() => Check<float>(1e-4);

    [SharedFact("goldens")]
    public void In_double_precision_every_golden_value_is_met_within_1e_6() => Check<double>(1e-6);

    private void Check<T>(double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var failures = new List<string>();
        foreach (string folder in GoldenCase.Folders)
        {
            var golden = new GoldenCase(folder);
            using var run = new GoldenRun<T>(golden);
            run.Check();
            foreach ((string what, double deviation) in run.Deviations)
            {
                output.WriteLine($"{Path.GetFileName(folder)} {typeof(T).Name} {what}: {deviation:E1}");
                if (!(deviation <= tolerance))
                {
                    failures.Add($"{Path.GetFileName(folder)}: {what} deviates by {deviation:E2}");
                }
            }
        }

        failures.Should().BeEmpty();
    }
}
