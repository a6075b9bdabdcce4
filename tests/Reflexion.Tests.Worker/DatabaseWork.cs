namespace Reflexion.Tests.Worker;

/// <summary>Several writers at once on a memory in a database: lessons of their own, lessons all have in common, and their credit.</summary>
internal static class DatabaseWork
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(string store, string name, int count, int writers)
    {
        await using SqlEpisodicMemory memory = Open(store);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(memory, $"{name}.{writer}", count))));
    }

    private static SqlEpisodicMemory Open(string store) => store.Split(':', 2) switch
    {
        ["sqlite", var path] => new SqliteEpisodicMemory(
            path, new() { MaxLessonsPerTask = int.MaxValue, LockTimeout = Patience, FlushToDisk = false }),
        [_, var schema] => new PostgreSqlEpisodicMemory(
            Environment.GetEnvironmentVariable("REFLEXION_POSTGRESQL")!, new() { MaxLessonsPerTask = int.MaxValue, LockTimeout = Patience, Schema = schema }),
        _ => throw new ArgumentException($"There is no store called {store}.", nameof(store)),
    };

    private static async Task WriteAsync(SqlEpisodicMemory memory, string writer, int count)
    {
        for (int i = 0; i < count; i++)
        {
            var learnt = new LessonProvenance(writer, i + 1, DateTimeOffset.UnixEpoch.AddSeconds(i));
            Lesson own = await memory.AddAsync(new(new("", "agent", "task"), $"lesson {writer} {i}", learnt));
            Lesson common = await memory.AddAsync(new(new("", "agent", "task"), $"common {i}", learnt));
            await memory.RecordUseAsync(new(writer, i + 1, [own.Id, common.Id], null));
            await memory.RecordUseAsync(new(writer, i + 1, [own.Id, common.Id], 0.5));
            Console.WriteLine($"{writer} {i}");
        }
    }
}
