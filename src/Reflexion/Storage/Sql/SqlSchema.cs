namespace Reflexion;

/// <summary>Brings the tables of a part to this release's version.</summary>
/// <param name="database">Where.</param>
/// <param name="tables">Which tables.</param>
internal sealed class SqlSchema(SqlDatabase database, SqlTables tables)
{
    /// <summary>Reads the version of the tables.</summary>
    public string VersionQuery => tables.VersionQuery;

    /// <summary>Makes the tables, or brings them to the current version. For a transaction that sets up.</summary>
    /// <exception cref="StoreException">They are of a newer version.</exception>
    public async ValueTask MigrateAsync(SqlSession session)
    {
        await session.ExecuteAsync(database.Define("CREATE TABLE IF NOT EXISTS reflexion_schema (component {text} PRIMARY KEY, version INT NOT NULL)")).ConfigureAwait(false);
        long version = await session.NumberAsync(VersionQuery).ConfigureAwait(false);
        ThrowIfNewer(version);
        for (; version < tables.Version; version++)
        {
            foreach (string statement in tables.Steps[version])
            {
                await session.ExecuteAsync(database.Define(statement)).ConfigureAwait(false);
            }
        }

        await session.ExecuteAsync(
            "INSERT INTO reflexion_schema (component, version) VALUES (@component, @version) ON CONFLICT (component) DO UPDATE SET version = excluded.version",
            ("component", tables.Component),
            ("version", version)).ConfigureAwait(false);
    }

    /// <summary>Makes sure, before anything is written, that nobody has brought the tables to a newer version meanwhile.</summary>
    /// <exception cref="StoreException">Somebody has.</exception>
    public async ValueTask CheckAsync(SqlSession session) => ThrowIfNewer(await session.NumberAsync(VersionQuery).ConfigureAwait(false));

    /// <summary>Refuses a version that this release does not know.</summary>
    /// <exception cref="StoreException">It is newer.</exception>
    public void ThrowIfNewer(long version)
    {
        if (version > tables.Version)
        {
            throw new StoreException(
                StoreFault.NewerSchema,
                $"The {tables.Component} in {database.Name} has tables of version {version}, and this release understands versions up to {tables.Version}; use a newer release of Reflexion.");
        }
    }
}
