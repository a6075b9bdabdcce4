namespace Reflexion.LanguageModels;

/// <summary>What an update did.</summary>
/// <param name="Step">Updates so far, this one included if it was applied.</param>
/// <param name="GradientNorm">Euclidean norm of all gradients together, before clipping.</param>
/// <param name="LearningRate">The learning rate used, the schedule's factor included.</param>
/// <param name="IsApplied">False when a gradient was not a finite number: then nothing was changed and the gradients were thrown away.</param>
public readonly record struct UpdateReport(long Step, double GradientNorm, double LearningRate, bool IsApplied);
