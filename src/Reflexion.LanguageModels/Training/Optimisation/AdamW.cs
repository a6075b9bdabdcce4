using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>The optimiser's state: both moments of every parameter, and how many updates there were.</summary>
internal sealed unsafe class AdamW<T>(ParameterBlock<T> parameters, AdamWOptions options, LearningRateSchedule schedule) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Keeps the division finite, as PyTorch's clip_grad_norm_ does.
    private const double ClipSlack = 1e-6;

    /// <summary>Mean of gradients.</summary>
    public ParameterBlock<T> First { get; } = parameters.EmptyCopy();

    /// <summary>Mean of squared gradients.</summary>
    public ParameterBlock<T> Second { get; } = parameters.EmptyCopy();

    /// <summary>Updates so far.</summary>
    public long Step { get; set; }

    /// <summary>One update; the gradients are left as they are.</summary>
    public UpdateReport Update(WorkerPool pool, ParameterBlock<T> gradients)
    {
        double norm = Math.Sqrt(VectorKernels.SumOfSquares(pool, gradients.Pointer, gradients.Length));
        double rate = options.LearningRate * schedule.FactorAt(Step + 1);
        if (!double.IsFinite(norm))
        {
            return new(Step, norm, rate, IsApplied: false);
        }

        Step++;
        double clip = options.MaxGradientNorm is { } most ? Math.Min(1, most / (norm + ClipSlack)) : 1;
        var step = new AdamWStep<T>(
            GradientScale: T.CreateTruncating(clip),
            Beta1: T.CreateTruncating(options.Beta1),
            Beta2: T.CreateTruncating(options.Beta2),
            Gain1: T.CreateTruncating(1 - options.Beta1),
            Gain2: T.CreateTruncating(1 - options.Beta2),
            Keep: T.CreateTruncating(1 - (rate * options.WeightDecay)),
            Rate: T.CreateTruncating(rate / (1 - Math.Pow(options.Beta1, Step))),
            RootScale: T.CreateTruncating(1 / Math.Sqrt(1 - Math.Pow(options.Beta2, Step))),
            Epsilon: T.CreateTruncating(options.Epsilon));
        VectorKernels.AdamW(pool, parameters.Pointer, gradients.Pointer, First.Pointer, Second.Pointer, parameters.Length, step);
        return new(Step, norm, rate, IsApplied: true);
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
