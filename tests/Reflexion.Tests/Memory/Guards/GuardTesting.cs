namespace Reflexion.Tests;

/// <summary>Guards asked about a text.</summary>
internal static class GuardTesting
{
    public static LessonGuardContext Context(
        string text, string[]? references = null, string instruction = "Answer the question.", string? context = null, string? plan = null) => new()
        {
            Lesson = Lessons.Of(text) with { Plan = plan },
            Task = new("task", instruction) { Context = context },
            Trajectory = new() { End = TrajectoryEnd.Answered },
            References = [.. references ?? []],
        };

    public static async Task<string?> Ask(ILessonGuard guard, string text) => await guard.InspectAsync(Context(text), default);
}
