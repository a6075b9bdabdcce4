// Does what tests need other processes for, and is killed at it. Files lessons into a memory that processes share and says each one's number
// once it is kept: the memory (sqlite:FILE, postgresql:SCHEMA, or a file of JSON lines), a name for this worker, how many lessons, and for
// databases how many writers at once. Or runs episodes: "episodes", the store
// (file:FOLDER, sqlite:FILE, postgresql:SCHEMA), a file for the model's log, a seed, how many.
using System.Globalization;
using Reflexion;
using Reflexion.Tests;
using Reflexion.Tests.Worker;

if (args[0] == "episodes")
{
    return await EpisodeWork.RunAsync(args[1], args[2], args[3], int.Parse(args[4], CultureInfo.InvariantCulture)) ? 0 : 1;
}

(string store, string name, int count) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
if (store.Split(':', 2) is ["sqlite" or "postgresql", _])
{
    await DatabaseWork.RunAsync(store, name, count, int.Parse(args[3], CultureInfo.InvariantCulture));
    return 0;
}

var options = new FileMemoryOptions { MaxLessonsPerTask = int.MaxValue, MaxLessons = int.MaxValue, LockTimeout = TimeSpan.FromMinutes(1) };
await using FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(store, options);
for (int i = 0; i < count; i++)
{
    await memory.AddAsync(new Lesson(new("", "agent", "task"), $"lesson {name} {i}", new(name, i + 1, DateTimeOffset.UnixEpoch.AddSeconds(i))));
    Console.WriteLine(i);
    if (i % 50 == 49)
    {
        await memory.CompactAsync();
    }
}

return 0;
