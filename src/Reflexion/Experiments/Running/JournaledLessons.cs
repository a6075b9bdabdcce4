namespace Reflexion;

/// <summary>Puts back into a memory that lived only as long as the process what an earlier run of an episode learnt.</summary>
internal static class JournaledLessons
{
    /// <summary>Files the lessons of the trials that a journal has, their uses, and what guards rejected. What the memory has already is not doubled.</summary>
    internal static async Task RestoreAsync(IEpisodeJournal journal, string episodeId, IEpisodicMemory memory, CancellationToken cancellationToken)
    {
        EpisodeHistory? history = await EpisodeHistory.ReadAsync(journal, episodeId, cancellationToken).ConfigureAwait(false);
        foreach (Trial trial in history?.Trials ?? [])
        {
            if (!trial.RecalledLessonIds.IsEmpty)
            {
                await memory.RecordUseAsync(new(episodeId, trial.Number, trial.RecalledLessonIds, trial.DeltaG), cancellationToken).ConfigureAwait(false);
            }

            if (trial.Lesson is { } lesson)
            {
                await memory.AddAsync(lesson with { Credit = default }, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (QuarantinedLesson rejected in history?.Rejected ?? [])
        {
            await memory.QuarantineAsync(rejected, cancellationToken).ConfigureAwait(false);
        }
    }
}
