namespace Reflexion;

/// <summary>The reflector of a strategy that never reflects.</summary>
internal sealed class NoReflector : ISelfReflector
{
    public ValueTask<LessonDraft?> ReflectAsync(ReflectionContext context, CancellationToken cancellationToken) => new((LessonDraft?)null);
}
