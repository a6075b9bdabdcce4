namespace Reflexion.Tests;

/// <summary>A fact that is skipped, saying so, where the server's programs are not told.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClusterFactAttribute : Xunit.FactAttribute
{
    public ClusterFactAttribute()
    {
        Skip = TemporaryCluster.Programs is null ? "Set REFLEXION_POSTGRESQL_BIN to the folder of initdb and pg_ctl." : null;
    }
}
