namespace Reflexion.Benchmarks;

/// <summary>Tokens a second.</summary>
internal sealed record InferenceSpeed(double Prefill, double Decode, double Batched);
