namespace Reflexion.Retroformer;

/// <summary>A step of supervised training.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="Steps">How many there are in all.</param>
/// <param name="Loss">The negative log-likelihood of a token, in nats, before the step.</param>
public readonly record struct SupervisedStep(long Step, long Steps, double Loss);
