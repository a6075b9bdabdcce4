namespace Reflexion;

/// <summary>The tables of one part of a database, and how each version of them becomes the next.</summary>
/// <param name="Component">What they are of, as errors and the table of versions call it.</param>
/// <param name="Steps">Step i makes version i + 1 of version i. A step that a release has shipped is never changed.</param>
internal sealed record SqlTables(string Component, params string[][] Steps)
{
    /// <summary>The version this code writes, and the newest it understands.</summary>
    public int Version => Steps.Length;

    /// <summary>Reads the version of the tables.</summary>
    public string VersionQuery { get; } = $"SELECT CAST(version AS BIGINT) FROM reflexion_schema WHERE component = '{Component}'";
}
