using System.Numerics;
using Reflexion.LanguageModels;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Every golden case there is, in single and in double precision.</summary>
public sealed class GoldenTests(ITestOutputHelper output)
{
    [SharedFact("goldens")]
    public void In_single_precision_every_golden_value_is_met_within_1e_4() => Check<float>(1e-4, _ => _ => 0);

    // The old log-probabilities of the PPO loss are inputs that were rounded to single precision after use, which alone moves losses by up to 1e-6.
    [SharedFact("goldens")]
    public void In_double_precision_every_golden_value_is_met_within_1e_6() => Check<double>(1e-6, SpreadOfRounding);

    private static Func<GoldenResult, double> SpreadOfRounding(GoldenCase golden)
    {
        List<GoldenResult> all = [];
        for (int seed = 1; seed <= 4; seed++)
        {
            using var run = new GoldenRun<double>(golden, new Random(seed));
            run.CheckPpo();
            all.AddRange(run.Results);
        }

        ILookup<string, GoldenResult> nudged = all.ToLookup(result => result.What);
        return result => nudged[result.What].Select(result.DistanceTo).DefaultIfEmpty(0).Max();
    }

    private void Check<T>(double tolerance, Func<GoldenCase, Func<GoldenResult, double>> openness)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var failures = new List<string>();
        foreach (string folder in GoldenCase.Folders)
        {
            var golden = new GoldenCase(folder);
            Func<GoldenResult, double> leftOpen = openness(golden);
            using var run = new GoldenRun<T>(golden);
            run.CheckAll();
            foreach (GoldenResult result in run.Results)
            {
                double open = leftOpen(result);
                string line = $"{golden.Name} {typeof(T).Name} {result.What}: deviates by {result.Deviation:E1}, rounded inputs leave open {open:E1}";
                output.WriteLine(line);
                if (!(result.Deviation <= Math.Max(tolerance, 2 * open)))
                {
                    failures.Add(line);
                }
            }
        }

        failures.Should().BeEmpty();
    }
}
