namespace Reflexion.Tests;

/// <summary>A fact that is skipped, saying so, where there is no server. It stands in for xunit's in all tests of this project.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactAttribute : Xunit.FactAttribute
{
    internal static readonly string? Missing = TemporarySchemas.ConnectionString is null
        ? "Set REFLEXION_POSTGRESQL to the connection string of a PostgreSQL server in which schemas may be made."
        : null;

    public FactAttribute() => Skip = Missing;
}
