namespace Reflexion;

/// <summary>Sees every lesson before it is stored. A rejected one is quarantined, not lost.</summary>
public interface ILessonGuard
{
    /// <summary>Inspects one lesson.</summary>
    /// <param name="context">The lesson, and the reference answers it must not quote.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null to accept the lesson, or why it is rejected.</returns>
    ValueTask<string?> InspectAsync(LessonGuardContext context, CancellationToken cancellationToken);
}
