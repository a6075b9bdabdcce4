namespace Reflexion;

/// <summary>The tables, and how each version of them becomes the next.</summary>
/// <param name="database">Where.</param>
internal sealed class SqlSchema(SqlDatabase database)
{
    /// <summary>Reads the version of the tables.</summary>
    public const string VersionQuery = $"SELECT CAST(version AS BIGINT) FROM reflexion_schema WHERE component = '{Component}'";

    private const string Component = "memory";

    /// <summary>Step i makes version i + 1 of version i. A step that a release has shipped is never changed.</summary>
    private static readonly string[][] Steps =
    [
        [
            "CREATE TABLE tenants (number {key}, name {text} NOT NULL UNIQUE, lessons BIGINT NOT NULL, recallable BIGINT NOT NULL, words BIGINT NOT NULL)",
            """
            CREATE TABLE lessons (
                rank {key}, id {text} NOT NULL UNIQUE, tenant BIGINT NOT NULL, agent {text} NOT NULL, task {text} NOT NULL,
                recency BIGINT NOT NULL, last_learnt BIGINT NOT NULL, state INT NOT NULL,
                uses INT NOT NULL, credited_uses INT NOT NULL, total_delta {real} NOT NULL, worth {real} NOT NULL,
                content TEXT NOT NULL, embedding_model TEXT, embedding {bytes})
            """,
            "CREATE INDEX lessons_of_task ON lessons (tenant, task, recency)",
            "CREATE INDEX lessons_of_agent ON lessons (tenant, agent, recency)",
            "CREATE INDEX lessons_of_tenant ON lessons (tenant, recency)",
            "CREATE INDEX lessons_by_worth ON lessons (tenant, worth, last_learnt, recency)",
            "CREATE INDEX lessons_by_age ON lessons (last_learnt, recency)",
            "CREATE TABLE words (tenant BIGINT NOT NULL, word {text} NOT NULL, lessons BIGINT NOT NULL, PRIMARY KEY (tenant, word)){clustered}",
            "CREATE TABLE postings (tenant BIGINT NOT NULL, word {text} NOT NULL, lesson BIGINT NOT NULL, count INT NOT NULL, length INT NOT NULL, PRIMARY KEY (tenant, word, lesson)){clustered}",
            "CREATE TABLE uses (number {key}, episode {text} NOT NULL, trial INT NOT NULL, content TEXT NOT NULL, UNIQUE (episode, trial))",
            "CREATE TABLE rejections (number {key}, hash {text} NOT NULL UNIQUE, content TEXT NOT NULL)",
            "CREATE TABLE counters (name {text} PRIMARY KEY, value BIGINT NOT NULL)",
            "INSERT INTO counters (name, value) VALUES ('rank', 0), ('recency', 0), ('use', 0), ('uses_dropped', 0), ('rejection', 0), ('rejections_dropped', 0)",
        ],
    ];

    /// <summary>The version this code writes, and the newest it understands.</summary>
    public static int CurrentVersion => Steps.Length;

    /// <summary>Makes the tables, or brings them to the current version. For a transaction that writes.</summary>
    /// <exception cref="MemoryStoreException">They are of a newer version.</exception>
    public async ValueTask MigrateAsync(SqlSession session)
    {
        await session.ExecuteAsync(database.Define("CREATE TABLE IF NOT EXISTS reflexion_schema (component {text} PRIMARY KEY, version INT NOT NULL)")).ConfigureAwait(false);
        long version = await VersionAsync(session).ConfigureAwait(false);
        ThrowIfNewer(version);
        for (; version < CurrentVersion; version++)
        {
            foreach (string statement in Steps[version])
            {
                await session.ExecuteAsync(database.Define(statement)).ConfigureAwait(false);
            }
        }

        await session.ExecuteAsync(
            "INSERT INTO reflexion_schema (component, version) VALUES (@component, @version) ON CONFLICT (component) DO UPDATE SET version = excluded.version",
            ("component", Component),
            ("version", version)).ConfigureAwait(false);
    }

    /// <summary>Makes sure, before anything is written, that nobody has brought the tables to a newer version meanwhile.</summary>
    /// <exception cref="MemoryStoreException">Somebody has.</exception>
    public async ValueTask CheckAsync(SqlSession session) => ThrowIfNewer(await VersionAsync(session).ConfigureAwait(false));

    /// <summary>Refuses a version that this release does not know.</summary>
    /// <exception cref="MemoryStoreException">It is newer.</exception>
    public void ThrowIfNewer(long version)
    {
        if (version > CurrentVersion)
        {
            throw new MemoryStoreException(
                MemoryStoreFault.NewerSchema,
                $"The memory in {database.Name} has tables of version {version}, and this release understands versions up to {CurrentVersion}; use a newer release of Reflexion.");
        }
    }

    private static ValueTask<long> VersionAsync(SqlSession session) => session.NumberAsync(VersionQuery);
}
