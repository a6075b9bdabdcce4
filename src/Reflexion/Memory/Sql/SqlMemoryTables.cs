namespace Reflexion;

/// <summary>The tables of a memory.</summary>
internal static class SqlMemoryTables
{
    /// <summary>All of them.</summary>
    public static SqlTables All { get; } = new(
        "memory",
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
        ]);
}
