using System.Numerics;

namespace Reflexion.LanguageModels;

/// <summary>What is done to long vectors of parameters.</summary>
internal static unsafe class VectorKernels
{
    public static double SumOfSquares<T>(WorkerPool pool, T* x, long length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (long i = 0; i < length; i++)
        {
            double value = double.CreateTruncating(x[i]);
            sum += value * value;
        }

        return sum;
    }

    public static void AdamW<T>(WorkerPool pool, T* parameters, T* gradients, T* first, T* second, long length, AdamWStep<T> step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (long i = 0; i < length; i++)
        {
            T g = gradients[i] * step.GradientScale;
            first[i] = (first[i] * step.Beta1) + (g * step.Gain1);
            second[i] = (second[i] * step.Beta2) + (g * g * step.Gain2);
            parameters[i] = (parameters[i] * step.Keep) - (step.Rate * first[i] / ((T.Sqrt(second[i]) * step.RootScale) + step.Epsilon));
        }
    }
}
