using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Finds lessons that mostly repeat what stood in the prompt of the trial they were learnt from.</summary>
internal static class RecallLoopSearch
{
    public static ImmutableArray<LessonOverlap> Find(MemorySnapshot snapshot, double share)
    {
        Dictionary<string, Lesson> lessons = snapshot.Lessons.DistinctBy(lesson => lesson.Id).ToDictionary(lesson => lesson.Id);
        ILookup<(string, int), string> inPrompt = snapshot.Uses
            .SelectMany(use => use.LessonIds, (use, id) => (Trial: (use.EpisodeId, use.Trial), Id: id))
            .ToLookup(pair => pair.Trial, pair => pair.Id);
        return
        [
            .. snapshot.Lessons
                .Select(lesson => Closest(lesson, lesson.Provenances.SelectMany(learnt => inPrompt[(learnt.EpisodeId, learnt.Trial)]), lessons))
                .Where(loop => loop?.Overlap >= share).Select(loop => loop!),
        ];
    }

    private static LessonOverlap? Closest(Lesson lesson, IEnumerable<string> recalled, Dictionary<string, Lesson> lessons)
    {
        HashSet<string> own = TriplesOf(lesson.Text);
        return recalled.Distinct().Where(lessons.ContainsKey)
            .Select(id => new LessonOverlap(lesson, lessons[id], (double)own.Count(TriplesOf(lessons[id].Text).Contains) / own.Count))
            .MaxBy(loop => loop.Overlap);
    }

    // Three words in a row are seldom the same by chance; a text of fewer words is one piece.
    private static HashSet<string> TriplesOf(string text)
    {
        string[] words = WordSequence.WordsOf(text);
        return words.Length < 3
            ? [string.Join(' ', words)]
            : [.. Enumerable.Range(0, words.Length - 2).Select(i => $"{words[i]} {words[i + 1]} {words[i + 2]}")];
    }
}
