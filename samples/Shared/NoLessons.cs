namespace Reflexion.Samples;

/// <summary>Draws no lesson, for agents whose prompts only a retrospective model changes.</summary>
public sealed class NoLessons : ISelfReflector
{
    /// <inheritdoc/>
    public ValueTask<LessonDraft?> ReflectAsync(ReflectionContext context, CancellationToken cancellationToken) => ValueTask.FromResult<LessonDraft?>(null);
}
