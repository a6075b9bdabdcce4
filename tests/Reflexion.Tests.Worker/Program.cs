// Files lessons into a memory file and says each one's number once it is kept. Tests start several of these and kill some.
// Arguments: the file, a name for this worker, how many lessons. Or: "episodes", a folder, a seed, how many episodes.
using Reflexion;
using Reflexion.Tests;

if (args[0] == "episodes")
{
    await EpisodeWork.RunAsync(args[1], args[2], int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture));
    return;
}

(string path, string name, int count) = (args[0], args[1], int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture));
var options = new FileMemoryOptions { MaxLessonsPerTask = int.MaxValue, MaxLessons = int.MaxValue, LockTimeout = TimeSpan.FromMinutes(1) };
await using FileEpisodicMemory memory = await FileEpisodicMemory.OpenAsync(path, options);
for (int i = 0; i < count; i++)
{
    await memory.AddAsync(new Lesson(new("", "agent", "task"), $"lesson {name} {i}", new(name, i + 1, DateTimeOffset.UnixEpoch.AddSeconds(i))));
    Console.WriteLine(i);
    if (i % 50 == 49)
    {
        await memory.CompactAsync();
    }
}
