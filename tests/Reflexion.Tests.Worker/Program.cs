// Files lessons into a memory file and says each one's number once it is kept. Tests start several of these and kill some.
// Arguments: the file, a name for this worker, how many lessons.
using Reflexion;

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
