using System.Globalization;

namespace Reflexion.Environments;

/// <summary>Reads the processes below one from the system's proc.</summary>
internal static class ProcessTree
{
    /// <summary>Memory in use by a process and all below it; what several processes share counts for each of them.</summary>
    public static long MemoryBytes(int process)
    {
        var sum = 0L;
        var open = new Stack<int>([process]);
        while (open.TryPop(out var next))
        {
            sum += ResidentPages(next) * Environment.SystemPageSize;
            foreach (var child in ChildrenOf(next))
            {
                open.Push(child);
            }
        }

        return sum;
    }

    /// <summary>The processes that a process started and that are still there, whichever of its threads started them.</summary>
    public static List<int> ChildrenOf(int process)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{process}/task")
                .SelectMany(task => Read($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static long ResidentPages(int process) =>
        Read($"/proc/{process}/statm").Split(' ') is [_, var resident, ..] ? long.Parse(resident, CultureInfo.InvariantCulture) : 0;

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
