namespace Reflexion.LanguageModels;

/// <summary>The constants of one step of AdamW (Loshchilov and Hutter 2019).</summary>
/// <param name="LearningRate">What multiplies the step.</param>
/// <param name="Beta1">How much of the first moment is kept.</param>
/// <param name="Beta2">How much of the second moment is kept.</param>
/// <param name="Epsilon">Added to the root of the second moment.</param>
/// <param name="WeightDecay">Share of a parameter taken away a step, times the learning rate.</param>
/// <param name="Step">The number of the step, from 1; corrects the moments' bias towards zero.</param>
/// <param name="GradientScale">What multiplies the gradient first, as clipping to a norm does.</param>
internal readonly record struct AdamWStep(
    double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, int Step, double GradientScale = 1);
