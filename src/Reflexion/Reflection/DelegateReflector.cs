namespace Reflexion;

/// <summary>A self-reflector that is a lambda.</summary>
/// <param name="reflect">Makes a lesson of a trial, or null where there is nothing worth keeping.</param>
public sealed class DelegateReflector(Func<ReflectionContext, CancellationToken, ValueTask<LessonDraft?>> reflect) : ISelfReflector
{
    private readonly Func<ReflectionContext, CancellationToken, ValueTask<LessonDraft?>> _reflect =
        reflect ?? throw new ArgumentNullException(nameof(reflect));

    /// <summary>Makes a reflector from a function that needs no waiting.</summary>
    /// <param name="reflect">Makes a lesson of a trial; null or blank where there is nothing worth keeping.</param>
    public DelegateReflector(Func<ReflectionContext, string?> reflect)
        : this(reflect is null ? null! : (context, _) => ValueTask.FromResult(reflect(context) is { } text && !string.IsNullOrWhiteSpace(text) ? new LessonDraft(text) : null))
    {
    }

    /// <inheritdoc/>
    public ValueTask<LessonDraft?> ReflectAsync(ReflectionContext context, CancellationToken cancellationToken) => _reflect(context, cancellationToken);
}
