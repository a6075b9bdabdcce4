namespace Reflexion;

/// <summary>An evaluator needs reference answers, and the episode was started without any.</summary>
/// <param name="evaluator">The evaluator's name.</param>
/// <param name="taskId">The task.</param>
public sealed class MissingReferencesException(string evaluator, string taskId) : InvalidOperationException(
    $"{evaluator} compares with reference answers, and none were given for task '{taskId}'. Pass them in {nameof(EpisodeOptions)}.{nameof(EpisodeOptions.References)}, or use an evaluator that needs none.")
{
    internal static void ThrowIfMissing(EvaluationContext context, string evaluator)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.References.IsDefaultOrEmpty)
        {
            throw new MissingReferencesException(evaluator, context.Task.Id);
        }
    }
}
