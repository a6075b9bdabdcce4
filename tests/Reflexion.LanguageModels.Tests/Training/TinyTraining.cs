using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>A model of a few hundred numbers in double precision, and a loss that depends on all that a pass gives.</summary>
internal sealed class TinyTraining : IDisposable
{
    private readonly ModelStore<double> _model;
    private readonly AdapterStore<double>? _adapter;

    public TinyTraining(TransformerConfig config, LoraOptions? adapter = null, TrainerOptions? options = null, long mostLogits = 1 << 20)
    {
        _model = ModelStore<double>.Random(config, 1, 0.4);
        Shake(_model.Block!, 2, 0.1);
        if (adapter is not null)
        {
            _adapter = AdapterStore<double>.Random(config, adapter, 3);
            Shake(_adapter.Block, 4, 0.3);
        }

        Engine = new(_model, _adapter, options ?? new() { Threads = 1 }, mostLogits);
    }

    public static TransformerConfig Config { get; } = new()
    {
        VocabularySize = 13,
        HiddenSize = 8,
        IntermediateSize = 10,
        LayerCount = 2,
        HeadCount = 4,
        KeyValueHeadCount = 2,
        HeadSize = 4,
        ContextLength = 32,
        TiedEmbeddings = true,
    };

    /// <summary>Two responses to one prompt, one to another, a response of one token.</summary>
    public static ImmutableArray<TrainingSequence> Sequences { get; } =
    [
        new([1, 5, 2], [7, 3, 12]) { Temperature = 0.7 },
        new([4, 4], [9, 0, 6, 1]),
        new([1, 5, 2], [2, 8]) { Temperature = 1.5 },
        new([1, 5, 2], [11]),
    ];

    public TrainingEngine<double> Engine { get; }

    public ParameterBlock<double> Parameters => Engine.Parameters;

    /// <summary>Loss of a batch, computed anew with the dropout of the pass after the given one.</summary>
    public double Loss(TrainingBatch batch, long passes = 0)
    {
        Engine.Passes = passes;
        Engine.Forward(batch);
        double loss = 0;
        ForEach(batch, (i, place) => loss +=
            (Weight(place, 0) * Engine.Scores.LogProbs[i]) + (Weight(place, 1) * Engine.Scores.Entropies[i]) + (Weight(place, 2) * Engine.Scores.Values[i]));
        return loss;
    }

    /// <summary>Adds the gradient of the loss.</summary>
    public void Backward(TrainingBatch batch, long passes = 0)
    {
        Loss(batch, passes);
        ForEach(batch, (i, place) =>
        {
            Engine.ScoreGradients.LogProbs[i] = Weight(place, 0);
            Engine.ScoreGradients.Entropies[i] = Weight(place, 1);
            Engine.ScoreGradients.Values[i] = Weight(place, 2);
        });
        Engine.Backward(batch);
    }

    /// <summary>All gradients, one after another.</summary>
    public double[] Gradients() => [.. Engine.Gradients.Slots.SelectMany(slot => Stores.Get(Engine.Gradients[slot.Name]))];

    /// <summary>Central differences of the loss beside the gradient, tensor by tensor: the relative error of each.</summary>
    public unsafe Dictionary<string, double> GradientErrors(TrainingBatch batch, int every = 1)
    {
        const double Step = 1e-5;
        Engine.Gradients.Clear();
        Backward(batch);
        var errors = new Dictionary<string, double>();
        foreach (TensorSlot slot in Parameters.Slots)
        {
            double* values = Parameters[slot.Name].Pointer;
            double[] gradient = Stores.Get(Engine.Gradients[slot.Name]);
            (double difference, double size) = (0, 0);
            for (int i = 0; i < slot.Length; i += every)
            {
                double kept = values[i];
                values[i] = kept + Step;
                double above = Loss(batch);
                values[i] = kept - Step;
                double below = Loss(batch);
                values[i] = kept;
                double numeric = (above - below) / (2 * Step);
                difference += (numeric - gradient[i]) * (numeric - gradient[i]);
                size += numeric * numeric;
            }

            errors.Add(slot.Name, Math.Sqrt(difference / size));
        }

        return errors;
    }

    public void Dispose()
    {
        Engine.Dispose();
        _adapter?.Dispose();
        _model.Dispose();
    }

    // A different coefficient for each token of each sequence, whatever batch it is in.
    private static void ForEach(TrainingBatch batch, Action<int, int> visit)
    {
        for (int s = 0; s < batch.Sequences.Length; s++)
        {
            (int first, int count) = batch.PredictionsOf(s).GetOffsetAndLength(batch.ResponseTokenCount);
            for (int t = 0; t < count; t++)
            {
                visit(first + t, batch.Sequences[s].Response.Take(t + 1).Aggregate(17, (hash, id) => (hash * 31) + id));
            }
        }
    }

    private static double Weight(int place, int what) => Math.Sin((place * 1.7) + (what * 2.3));

    private static unsafe void Shake(ParameterBlock<double> block, ulong seed, double size)
    {
        for (long i = 0; i < block.Length; i++)
        {
            block.Pointer[i] += size * CounterRandom.Signed(seed, i);
        }
    }
}
