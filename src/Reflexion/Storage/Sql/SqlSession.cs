using System.Data.Common;

namespace Reflexion;

/// <summary>Sends commands over one connection, on behalf of one call.</summary>
internal sealed class SqlSession(DbConnection connection, CancellationToken cancellationToken)
{
    /// <summary>Runs a command.</summary>
    /// <returns>How many rows it changed.</returns>
    public async ValueTask<int> ExecuteAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        DbCommand command = CommandOf(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads all rows.</summary>
    public async ValueTask<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] parameters)
    {
        DbCommand command = CommandOf(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await RowsAsync(reader, read).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads the rows of two queries that are sent together.</summary>
    public async ValueTask<(List<TFirst> First, List<TSecond> Second)> QueryAsync<TFirst, TSecond>(
        string sql, Func<DbDataReader, TFirst> readFirst, Func<DbDataReader, TSecond> readSecond, params (string Name, object? Value)[] parameters)
    {
        DbCommand command = CommandOf(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                List<TFirst> first = await RowsAsync(reader, readFirst).ConfigureAwait(false);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                return (first, await RowsAsync(reader, readSecond).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Reads the whole numbers of queries that are sent together.</summary>
    public async ValueTask<List<List<long>>> NumbersAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        DbCommand command = CommandOf(sql, parameters);
        await using (command.ConfigureAwait(false))
        {
            DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var results = new List<List<long>>();
                do
                {
                    results.Add(await RowsAsync(reader, static row => row.GetInt64(0)).ConfigureAwait(false));
                }
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));

                return results;
            }
        }
    }

    /// <summary>Reads one whole number; 0 where there is none.</summary>
    public async ValueTask<long> NumberAsync(string sql, params (string Name, object? Value)[] parameters) =>
        (await QueryAsync(sql, static row => row.IsDBNull(0) ? 0 : row.GetInt64(0), parameters).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>Parameters for a list of values, and their names as they stand in the command.</summary>
    public static (string Names, (string Name, object? Value)[] Parameters) ListOf<T>(string prefix, IEnumerable<T> values)
    {
        (string Name, object? Value)[] parameters = [.. values.Select((value, i) => ($"{prefix}{i}", (object?)value))];
        return (string.Join(", ", parameters.Select(parameter => $"@{parameter.Name}")), parameters);
    }

    private async ValueTask<List<T>> RowsAsync<T>(DbDataReader reader, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private DbCommand CommandOf(string sql, (string Name, object? Value)[] parameters)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
