using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>How the prompts of an episode's trials came about, as far as the episode itself tells.</summary>
internal static class EpisodeRewrites
{
    /// <summary>Those of the trials whose recalled lessons are known.</summary>
    public static IEnumerable<RecordedRewrite> Of(Episode episode, ImmutableArray<Lesson> lessons)
    {
        Dictionary<string, Lesson> known = lessons.Concat(episode.Trials.Select(trial => trial.Lesson).OfType<Lesson>())
            .DistinctBy(lesson => lesson.Id)
            .ToDictionary(lesson => lesson.Id, StringComparer.Ordinal);
        return episode.Trials
            .Select((trial, index) => (trial, index))
            .Where(pair => pair.trial.RecalledLessonIds.All(known.ContainsKey))
            .Select(pair => new RecordedRewrite
            {
                EpisodeId = episode.Id,
                Trial = pair.trial,
                Context = new()
                {
                    Task = episode.Task,
                    BasePrompt = new(pair.trial.Prompt.Parts.Where(part => part.Kind < PromptPartKind.LastAttempt)),
                    Lessons = [.. pair.trial.RecalledLessonIds.Select(id => known[id])],
                    Trials = [.. episode.Trials.Take(pair.index).Select(trial => trial with { HeldOutEvaluation = null })],
                    Run = new(episode.Id),
                },
            });
    }
}
