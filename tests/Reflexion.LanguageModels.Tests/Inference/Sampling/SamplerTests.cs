using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class SamplerTests
{
    private static readonly SamplingOptions[] s_options =
    [
        new(),
        new() { Temperature = 0.5 },
        new() { Temperature = 2, TopK = 3 },
        new() { TopK = 1 },
        new() { TopP = 0.6 },
        new() { TopP = 0.0001 },
        new() { MinP = 0.3 },
        new() { MinP = 1 },
        new() { Temperature = 1.3, TopK = 20, TopP = 0.8, MinP = 0.05 },
        new() { TopK = 1_000 },
    ];

    [Fact]
    public void Tokens_are_drawn_as_often_as_their_distribution_says_and_with_its_log_probabilities()
    {
        const int Draws = 20_000;
        float[] logits = [.. Enumerable.Range(0, 60).Select(i => (float)(3 * CounterRandom.Signed(7, i)))];
        logits[30] = logits[31];
        var scratch = new SamplerScratch();
        foreach (SamplingOptions options in s_options)
        {
            double[] expected = NaiveSampling.Distribution(logits, options);
            var sampler = new Sampler(options, 3);
            int[] counts = new int[logits.Length];
            double worst = 0;
            for (int i = 0; i < Draws; i++)
            {
                SampledToken token = sampler.Draw(logits, i, scratch);
                counts[token.Id]++;
                worst = Math.Max(worst, Math.Abs(token.LogProb - Math.Log(expected[token.Id])));
            }

            worst.Should().BeLessThan(1e-5, options.ToString());

            for (int i = 0; i < counts.Length; i++)
            {
                double deviation = Math.Sqrt(Draws * expected[i] * (1 - expected[i]));
                ((double)counts[i]).Should().BeApproximately(Draws * expected[i], (5 * deviation) + 1e-9, options.ToString());
            }
        }
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1.4e-45)]
    public void However_small_the_temperature_the_likeliest_is_drawn(double temperature)
    {
        SampledToken drawn = new Sampler(new() { Temperature = temperature }, 3).Draw([1, 5, 2], 0, new());

        drawn.Should().Be(new SampledToken(1, 0));
    }

    [Fact]
    public void Among_equally_likely_tokens_the_lowest_stay()
    {
        float[] logits = new float[300];
        var drawn = new HashSet<int>();
        var sampler = new Sampler(new() { TopK = 4 }, 1);
        var scratch = new SamplerScratch();
        for (int i = 0; i < 200; i++)
        {
            drawn.Add(sampler.Draw(logits, i, scratch).Id);
        }

        drawn.Should().BeEquivalentTo([0, 1, 2, 3]);
        new Sampler(new() { Temperature = 0 }, 1).Draw(logits, 0, scratch).Should().Be(new SampledToken(0, 0));
    }

    [Fact]
    public void Penalties_change_the_logits_as_defined()
    {
        var penalties = new Penalties(new() { RepetitionPenalty = 2, FrequencyPenalty = 0.5, PresencePenalty = 0.25 }, [0, 1]);
        penalties.Note(2);
        penalties.Note(2);
        float[] logits = [4, -4, 4, 4];

        penalties.Apply(logits);

        logits.Should().Equal(2, -8, 2 - 1.25f, 4);
    }

    [Fact]
    public void A_place_has_its_own_draw_whatever_was_drawn_before()
    {
        float[] logits = [.. Enumerable.Range(0, 60).Select(i => (float)CounterRandom.Signed(9, i))];
        var scratch = new SamplerScratch();
        int[] forwards = [.. Enumerable.Range(0, 20).Select(i => new Sampler(new(), 4).Draw(logits, i, scratch).Id)];
        var sampler = new Sampler(new(), 4);
        int[] backwards = [.. Enumerable.Range(0, 20).Reverse().Select(i => sampler.Draw(logits, i, scratch).Id)];

        backwards.Reverse().Should().Equal(forwards);
        forwards.Distinct().Should().HaveCountGreaterThan(5);
    }
}
