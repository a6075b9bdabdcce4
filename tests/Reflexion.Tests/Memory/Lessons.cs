namespace Reflexion.Tests;

/// <summary>Lessons for tests.</summary>
internal static class Lessons
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Lesson Of(
        string text, string task = "task", string agent = "agent", string tenant = "tenant", string episode = "e1", int trial = 1, double minutes = 0) =>
        new(new(tenant, agent, task), text, new(episode, trial, Start.AddMinutes(minutes)));

    public static LessonQuery Query(
        string task = "task", string agent = "agent", string tenant = "tenant", LessonBreadth breadth = LessonBreadth.Task, int limit = 1_000) =>
        new(new LessonScope(tenant, agent, task)) { Breadth = breadth, Limit = limit };

    public static LessonUse Use(int trial, double? delta, params Lesson[] lessons) =>
        new("e1", trial, [.. lessons.Select(lesson => lesson.Id)], delta);
}
