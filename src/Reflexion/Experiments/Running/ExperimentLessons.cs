namespace Reflexion;

/// <summary>Finds in a memory what belongs to an arm and seed.</summary>
internal static class ExperimentLessons
{
    /// <summary>The part of a snapshot that belongs to a tenant, or to a tenant of a task's own within it; all of it for the empty tenant.</summary>
    internal static MemorySnapshot Of(MemorySnapshot all, string tenant)
    {
        if (tenant.Length == 0)
        {
            return all;
        }

        Lesson[] lessons = [.. all.Lessons.Where(Belongs)];
        HashSet<string> ids = [.. lessons.Select(lesson => lesson.Id)];
        return new()
        {
            Lessons = [.. lessons],
            Uses = [.. all.Uses.Where(use => use.LessonIds.Any(ids.Contains))],
            Quarantine = [.. all.Quarantine.Where(rejected => Belongs(rejected.Lesson))],
        };

        bool Belongs(Lesson lesson) => lesson.Scope.Tenant == tenant || lesson.Scope.Tenant.StartsWith(tenant + "/", StringComparison.Ordinal);
    }
}
