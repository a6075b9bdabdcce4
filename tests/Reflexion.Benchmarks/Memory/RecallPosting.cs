namespace Reflexion.Benchmarks;

/// <summary>A word's occurrence in a lesson.</summary>
internal readonly record struct RecallPosting(int Lesson, short Count, short Length);
