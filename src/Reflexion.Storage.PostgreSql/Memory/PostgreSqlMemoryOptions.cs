namespace Reflexion;

/// <summary>How a <see cref="PostgreSqlEpisodicMemory"/> keeps its lessons.</summary>
public sealed record PostgreSqlMemoryOptions : SqlMemoryOptions
{
    /// <summary>
    /// The schema its tables lie in, created where there is none; memories in different schemas know nothing of each other. Default
    /// <c>reflexion</c>; 1 to 63 characters, letters, digits and underscores.
    /// </summary>
    public string Schema { get; init; } = "reflexion";
}
