namespace Reflexion.Samples.HouseholdModel;

/// <summary>What is asked about an attempt, and answered.</summary>
/// <param name="Ask">The question.</param>
/// <param name="Answer">The answer.</param>
public sealed record Afterword(string Ask, string Answer);
