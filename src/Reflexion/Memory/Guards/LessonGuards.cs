namespace Reflexion;

/// <summary>The guards that come with the library.</summary>
public static class LessonGuards
{
    /// <summary>No quoted reference, no orders to the model, no secrets: <see cref="ReferenceLeakGuard"/>, <see cref="PromptInjectionGuard"/>, <see cref="SecretGuard"/>.</summary>
    public static ILessonGuard Default { get; } = All(new ReferenceLeakGuard(), new PromptInjectionGuard(), new SecretGuard());

    /// <summary>Combines guards, all of which must accept a lesson.</summary>
    /// <param name="guards">The guards, asked in this order until one rejects.</param>
    /// <exception cref="ArgumentException">A guard is null.</exception>
    public static ILessonGuard All(params IReadOnlyList<ILessonGuard> guards) => new CompositeGuard(guards);
}
