namespace Reflexion.Harness;

/// <summary>The solution's process cannot answer any more.</summary>
internal sealed class GoneException : Exception;
