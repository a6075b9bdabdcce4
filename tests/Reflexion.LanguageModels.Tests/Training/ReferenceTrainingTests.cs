using System.Collections.Immutable;
using System.Text.Json;
using Reflexion.LanguageModels;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>AdamW steps on an adapter of every real model there is, beside those of an independent engine.</summary>
public sealed class ReferenceTrainingTests(ITestOutputHelper output)
{
    private const double LossTolerance = 1e-4;

    [SharedFact("models")]
    public void The_losses_of_five_steps_are_met_within_1e_4()
    {
        foreach (string folder in Directory.GetDirectories(SharedFolder.PathOf("models")))
        {
            string reference = Path.Combine(folder, "reference.json");
            if (File.Exists(reference) && JsonDocument.Parse(File.ReadAllText(reference)).RootElement.TryGetProperty("lora", out JsonElement lora))
            {
                Check(Directory.GetFiles(folder, "*.gguf").Single(), lora);
            }
        }
    }

    private void Check(string file, JsonElement lora)
    {
        using ModelWeights model = ModelWeights.Open(file);
        using LoraAdapter adapter = Adapter(model, lora);
        using var trainer = new ModelTrainer(model, adapter, new() { Optimizer = Optimizer(lora.GetProperty("adamw")) });
        var batch = new TrainingBatch(lora.GetProperty("batch").EnumerateArray().Select(sequence => new TrainingSequence(
            GoldenCase.Ids(sequence.GetProperty("prompt_ids")), GoldenCase.Ids(sequence.GetProperty("completion_ids")))));
        foreach (JsonElement step in lora.GetProperty("steps").EnumerateArray())
        {
            (double loss, double norm) = Step(trainer, batch);
            (double expectedLoss, double expectedNorm) = (step.GetProperty("loss").GetDouble(), step.GetProperty("grad_norm").GetDouble());
            output.WriteLine($"{Path.GetFileName(file)}: loss {loss:F8}, off by {loss - expectedLoss:E1}; gradient norm {norm:F6}, off by {norm - expectedNorm:E1}");
            loss.Should().BeApproximately(expectedLoss, LossTolerance);
            norm.Should().BeApproximately(expectedNorm, 1e-3 * expectedNorm);
        }

        CheckB(adapter, lora.GetProperty("last_layer_v_b_after"), model.Config.LayerCount - 1);
    }

    private static (double Loss, double Norm) Step(ModelTrainer trainer, TrainingBatch batch)
    {
        double loss = 0;
        trainer.Accumulate(batch, pass =>
        {
            TinyModel.Likelihood(pass, batch.ResponseTokenCount);
            loss -= Enumerable.Range(0, pass.Batch.Sequences.Length).Sum(i => pass.LogProbs(i).ToArray().Sum(logProb => (double)logProb)) / batch.ResponseTokenCount;
        });
        return (loss, trainer.Update().GradientNorm);
    }

    private static AdamWOptions Optimizer(JsonElement adamw) => new()
    {
        LearningRate = adamw.GetProperty("lr").GetDouble(),
        Beta1 = adamw.GetProperty("betas")[0].GetDouble(),
        Beta2 = adamw.GetProperty("betas")[1].GetDouble(),
        Epsilon = adamw.GetProperty("eps").GetDouble(),
        WeightDecay = adamw.GetProperty("weight_decay").GetDouble(),
        MaxGradientNorm = null,
    };

    // A[r, c] = 0.05 · sin(0.37 · (r · columns + c) + layer), B = 0.
    private static LoraAdapter Adapter(ModelWeights model, JsonElement lora)
    {
        string[] targets = [.. lora.GetProperty("targets").EnumerateArray().Select(target => target.GetString()!)];
        LoraAdapter adapter = LoraAdapter.Create(model, new()
        {
            Rank = lora.GetProperty("rank").GetInt32(),
            Alpha = lora.GetProperty("alpha").GetDouble(),
            Targets = Enum.GetValues<Projection>().Where(projection => targets.Contains(projection.ModuleName()))
                .Aggregate(LoraTargets.None, (all, projection) => all | (LoraTargets)(1 << (int)projection)),
        });
        foreach (TensorSlot slot in adapter.Store.Block.Slots.Where(slot => slot.Name.EndsWith(AdapterNames.SuffixA, StringComparison.Ordinal)))
        {
            int layer = int.Parse(slot.Name.Split("layers.")[1].Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
            Stores.Set(adapter.Store.Block[slot.Name], [.. Enumerable.Range(0, (int)slot.Length).Select(i => 0.05 * Math.Sin((0.37 * i) + layer))]);
        }

        return adapter;
    }

    // A first step of Adam goes by the gradient's sign, so that a gradient near zero may turn a number about; most must agree.
    private static void CheckB(LoraAdapter adapter, JsonElement expected, int layer)
    {
        Matrix<float> b = adapter.Store.Block[AdapterNames.B(layer, Projection.Value)];
        double[] deviations = [.. expected.EnumerateArray().SelectMany((row, i) => row.EnumerateArray().Select((number, j) => Math.Abs(b[i, j] - number.GetDouble())))];

        deviations.Order().ElementAt(deviations.Length * 9 / 10).Should().BeLessThan(1e-5);
    }
}
