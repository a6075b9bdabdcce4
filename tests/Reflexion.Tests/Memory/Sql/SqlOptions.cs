namespace Reflexion.Tests;

/// <summary>Options of a memory as those of a memory in a database.</summary>
internal static class SqlOptions
{
    public static T Like<T>(MemoryOptions options, T sql)
        where T : SqlMemoryOptions => sql with
        {
            MaxLessonsPerTask = options.MaxLessonsPerTask,
            MaxLessons = options.MaxLessons,
            MaxAge = options.MaxAge,
            MaxUses = options.MaxUses,
            MaxQuarantined = options.MaxQuarantined,
            MergeSimilarity = options.MergeSimilarity,
            Recall = options.Recall,
            Lifecycle = options.Lifecycle,
        };
}
