using System.Collections.Immutable;
using System.Text.Json;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>A golden case trained with the objectives of this package, through what users of the trainer can call.</summary>
internal sealed class PpoGolden : IDisposable
{
    // Steps so large beside gradients that AdamW divides all by the same: a parameter moves by 1,024 times its gradient.
    private static readonly AdamWOptions Revealing = new() { LearningRate = 1024e8, Epsilon = 1e8, Beta1 = 0, Beta2 = 0, WeightDecay = 0, MaxGradientNorm = null };

    private readonly string _folder;
    private readonly string _scratch;
    private readonly JsonElement _case;
    private readonly Dictionary<string, double[]> _expected;
    private readonly TrainingBatch _batch;
    private readonly ModelWeights _model;
    private readonly LoraAdapter _adapter;

    public PpoGolden(string folder, string scratch)
    {
        _folder = folder;
        _scratch = scratch;
        _case = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json"))).RootElement;
        _expected = StoredTensors.Read(Path.Combine(folder, "expected.safetensors"));
        _batch = new(_case.GetProperty("sequences").EnumerateArray().Select(sequence => new TrainingSequence(Ids(sequence, "prompt"), Ids(sequence, "response"))));
        _model = ModelWeights.Open(folder);
        _adapter = LoraAdapter.Load(_model, Path.Combine(folder, "adapter"));
    }

    /// <summary>How far each figure is from what is expected, relative to it.</summary>
    public List<(string Figure, double Deviation)> Deviations { get; } = [];

    public async Task CompareAsync()
    {
        await CompareGradientsAsync("sft", trainer => Compare("sft.loss", [Likelihood(trainer)], _case.GetProperty("sft").GetProperty("loss")));
        await CompareGradientsAsync("ppo", trainer =>
        {
            (PolicyLossReport policy, LossTerm divergence) = Ppo(trainer, Reference(trainer));
            JsonElement ppo = _case.GetProperty("ppo");
            Compare("ppo.loss", [policy.Loss + divergence.Loss], ppo.GetProperty("loss"));
            Compare("ppo.clip_fraction", [policy.ClipFraction], ppo.GetProperty("clip_fraction"));
            Compare("ppo.mean_kl", [divergence.Mean], ppo.GetProperty("mean_kl"));
        });
        await CompareStepsAsync();
    }

    public void Dispose()
    {
        _adapter.Dispose();
        _model.Dispose();
    }

    private static ImmutableArray<int> Ids(JsonElement sequence, string part) => [.. sequence.GetProperty(part).EnumerateArray().Select(id => id.GetInt32())];

    private async Task CompareGradientsAsync(string objective, Action<ModelTrainer> backward)
    {
        using LoraAdapter moved = _adapter.Clone();
        using var trainer = new ModelTrainer(_model, moved, new() { Optimizer = Revealing, Threads = 1 });
        backward(trainer);
        Compare($"{objective}.grad_norm", [trainer.Update().GradientNorm], _case.GetProperty(objective).GetProperty("grad_norm"));
        Dictionary<string, double[]> before = StoredTensors.Read(Path.Combine(_folder, "adapter", "adapter_model.safetensors"));
        foreach ((string name, double[] after) in await StoredAsync(moved))
        {
            Compare($"{objective}.grad.{name}", [.. before[name].Zip(after, (from, to) => (from - to) / 1024)]);
        }
    }

    private async Task CompareStepsAsync()
    {
        using LoraAdapter trained = _adapter.Clone();
        using var trainer = new ModelTrainer(_model, trained, new() { Optimizer = Optimizer(), Threads = 1 });
        ImmutableArray<SequenceScore> reference = Reference(trainer);
        JsonElement[] losses = [.. _case.GetProperty("adamw").GetProperty("losses_before_each_step_and_after").EnumerateArray()];
        for (int step = 0; step < losses.Length; step++)
        {
            (PolicyLossReport policy, LossTerm divergence) = Ppo(trainer, reference);
            Compare($"loss before step {step + 1}", [policy.Loss + divergence.Loss], losses[step]);
            if (step + 1 < losses.Length)
            {
                trainer.Update();
            }
        }

        foreach ((string name, double[] after) in await StoredAsync(trained))
        {
            Compare($"adamw{losses.Length - 1}.{name}", after);
        }
    }

    private double Likelihood(ModelTrainer trainer)
    {
        LossTerm total = default;
        trainer.Accumulate(_batch, pass =>
        {
            for (int i = 0; i < pass.Batch.Sequences.Length; i++)
            {
                total += PolicyLoss.Likelihood(pass.LogProbs(i), 1.0 / _batch.ResponseTokenCount, pass.LogProbGradients(i));
            }
        });
        total.Mean.Should().BeApproximately(total.Loss, 1e-9);
        return total.Loss;
    }

    private (PolicyLossReport Policy, LossTerm Divergence) Ppo(ModelTrainer trainer, ImmutableArray<SequenceScore> reference)
    {
        JsonElement ppo = _case.GetProperty("ppo");
        double scale = 1.0 / _batch.ResponseTokenCount;
        PolicyLossReport policy = default;
        LossTerm divergence = default;
        trainer.Accumulate(_batch, pass =>
        {
            for (int i = 0; i < pass.Batch.Sequences.Length; i++)
            {
                int sample = pass.Batch.Places[i];
                float[] old = [.. _expected[$"seq{sample}.old_logprobs"].Select(number => (float)number)];
                double advantage = _case.GetProperty("advantages")[sample].GetDouble();
                policy += PolicyLoss.Clipped(pass.LogProbs(i), old, advantage, scale, pass.LogProbGradients(i), ppo.GetProperty("clip").GetDouble());
                divergence += KullbackLeibler.K3(
                    pass.LogProbs(i), reference[sample].LogProbs.AsSpan(), ppo.GetProperty("kl_coefficient").GetDouble(), scale, pass.LogProbGradients(i));
            }
        });
        return (policy, divergence);
    }

    private ImmutableArray<SequenceScore> Reference(ModelTrainer trainer) => trainer.Score(_batch, withAdapter: false);

    private AdamWOptions Optimizer()
    {
        JsonElement adamw = _case.GetProperty("adamw");
        return new()
        {
            LearningRate = adamw.GetProperty("lr").GetDouble(),
            Beta1 = adamw.GetProperty("betas")[0].GetDouble(),
            Beta2 = adamw.GetProperty("betas")[1].GetDouble(),
            Epsilon = adamw.GetProperty("eps").GetDouble(),
            WeightDecay = adamw.GetProperty("weight_decay").GetDouble(),
            MaxGradientNorm = adamw.GetProperty("max_grad_norm").GetDouble(),
        };
    }

    private async Task<Dictionary<string, double[]>> StoredAsync(LoraAdapter adapter)
    {
        await adapter.SaveAsync(_scratch);
        return StoredTensors.Read(Path.Combine(_scratch, "adapter_model.safetensors"));
    }

    private void Compare(string figure, double[] actual, JsonElement expected) => Compare(figure, actual, [expected.GetDouble()]);

    private void Compare(string tensor, double[] actual) => Compare(tensor, actual, _expected[tensor]);

    private void Compare(string figure, double[] actual, double[] expected)
    {
        actual.Length.Should().Be(expected.Length);
        double difference = Math.Sqrt(actual.Zip(expected, (a, e) => (a - e) * (a - e)).Sum());
        Deviations.Add((figure, difference == 0 ? 0 : difference / Math.Sqrt(expected.Sum(e => e * e))));
    }
}
