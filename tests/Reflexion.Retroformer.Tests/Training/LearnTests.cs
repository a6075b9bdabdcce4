using System.Diagnostics.Metrics;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class LearnTests(TinyPolicy tiny) : IClassFixture<TinyPolicy>
{
    [Fact]
    public void Samples_of_other_weights_are_rejected_and_counted()
    {
        using LoraAdapter adapter = tiny.Adapter();
        string before = adapter.Hash;
        using RetrospectiveTrainer trainer = Trainer(adapter, StaleSamples.Reject);

        UpdateMetrics metrics = trainer.Learn([Sample("a", 1, "other"), Sample("a", 0, "other"), Sample("b", 1, before), Sample("b", 0, null)]);

        metrics.Should().BeEquivalentTo(new { StaleSamples = 3, Samples = 0, Steps = 0 });
        adapter.Hash.Should().Be(before);
    }

    [Fact]
    public void Samples_of_other_weights_can_be_weighted()
    {
        using LoraAdapter adapter = tiny.Adapter();
        string before = adapter.Hash;
        using RetrospectiveTrainer trainer = Trainer(adapter, StaleSamples.Weight);

        UpdateMetrics metrics = trainer.Learn([Sample("a", 1, "other"), Sample("a", 0, "other")]);

        metrics.Should().BeEquivalentTo(new { StaleSamples = 2, Samples = 2, Steps = 1 });
        metrics.MeanRatio.Should().NotBeApproximately(1, 1e-3);
        adapter.Hash.Should().NotBe(before);
    }

    [Fact]
    public void Fresh_samples_are_learnt_from()
    {
        using LoraAdapter adapter = tiny.Adapter();
        using RetrospectiveTrainer trainer = Trainer(adapter, StaleSamples.Reject);

        UpdateMetrics metrics = trainer.Learn([Sample("a", 1, adapter.Hash), Sample("a", 0, adapter.Hash)]);

        metrics.Should().BeEquivalentTo(new { StaleSamples = 0, Samples = 2, Steps = 1, Failures = 1 });
    }

    [Fact]
    public void Samples_without_log_probabilities_are_refused()
    {
        using LoraAdapter adapter = tiny.Adapter();
        using RetrospectiveTrainer trainer = Trainer(adapter, StaleSamples.Reject);

        trainer.Invoking(it => it.Learn([Sample("a", 1, null) with { LogProbs = [] }])).Should().Throw<ArgumentException>()
            .WithMessage("The experience of trial 2 of 'a' has no tokens, or not a log-probability for each*");
    }

    [Fact]
    public async Task Figures_reach_the_meter()
    {
        var figures = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == TrainingTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument.Name, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument.Name, value));
        listener.Start();
        using LoraAdapter adapter = tiny.Adapter();
        using var trainer = new RetrospectiveTrainer(tiny.Model, adapter, new LetterWorld(), new LetterWorld(), TinyPolicy.Quick with { Updates = 2 });

        await trainer.RunAsync();

        lock (figures)
        {
            figures["reflexion.training.updates"].Should().BeGreaterThanOrEqualTo(2);
            figures["reflexion.training.samples"].Should().BeGreaterThan(0);
            figures.Keys.Should().Contain(
                ["reflexion.training.reward", "reflexion.training.kl", "reflexion.training.gradient_norm", "reflexion.training.held_out_gain",
                 "reflexion.training.zero_variance_groups", "reflexion.training.stale_samples", "reflexion.training.promotions"]);
        }

        void Add(string name, double value)
        {
            lock (figures)
            {
                figures[name] = figures.GetValueOrDefault(name) + value;
            }
        }
    }

    private RetrospectiveTrainer Trainer(LoraAdapter adapter, StaleSamples stale) =>
        new(tiny.Model, adapter, new LetterWorld(), null, TinyPolicy.Quick with { StaleSamples = stale });

    private static Experience Sample(string episode, double after, string? hash) => new()
    {
        EpisodeId = episode,
        TaskId = "task",
        Trial = 2,
        Prompt = "x",
        Refinement = "yz",
        PromptIds = [10, episode[0]],
        RefinementIds = [20, 30 + (int)after],
        LogProbs = [-3, -4],
        PolicyHash = hash,
        ReturnBefore = 0.1,
        ReturnAfter = after,
        NullReturns = [0.2],
    };
}
