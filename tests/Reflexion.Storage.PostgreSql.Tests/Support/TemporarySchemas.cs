using Npgsql;

namespace Reflexion.Tests;

/// <summary>Schemas of a test's own on the server that <c>REFLEXION_POSTGRESQL</c> names, to be dropped afterwards.</summary>
internal sealed class TemporarySchemas
{
    private readonly string _prefix = $"test_{Guid.NewGuid():n}";
    private int _count;

    public static string ConnectionString => Environment.GetEnvironmentVariable("REFLEXION_POSTGRESQL")!;

    public string Next() => $"{_prefix}_{Interlocked.Increment(ref _count)}";

    public async Task DropAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        for (int i = 1; i <= _count; i++)
        {
            await using var command = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {_prefix}_{i} CASCADE", connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
