namespace Reflexion;

/// <summary>Turns a judged trial into a lesson in words (Shinn et al. 2023, section 3, the self-reflection model M_sr).</summary>
/// <remarks>Called for many episodes at once: implementations hold configuration only.</remarks>
public interface ISelfReflector
{
    /// <summary>Reflects on one trial.</summary>
    /// <param name="context">The trial, its evaluation and the lessons already known.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was learnt, or null where there is nothing worth keeping.</returns>
    ValueTask<LessonDraft?> ReflectAsync(ReflectionContext context, CancellationToken cancellationToken);
}
