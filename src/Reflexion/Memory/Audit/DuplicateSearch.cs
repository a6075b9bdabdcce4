using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Finds lessons with almost the same words, by prefix filtering: no two lessons are compared that share no rare word.</summary>
/// <remarks>
/// Two sets whose Jaccard index is at least t share a word among the first n − ⌈t·n⌉ + 1 of each, in any fixed order of words (Bayardo et
/// al., "Scaling up all pairs similarity search", 2007). Rare words come first, so few lessons meet. Only lessons that are no duplicates
/// themselves are compared with, so a memory full of copies is no slower than one without.
/// </remarks>
internal static class DuplicateSearch
{
    public static ImmutableArray<LessonOverlap> Find(ImmutableArray<Lesson> lessons, double similarity) =>
        [.. lessons.GroupBy(lesson => (lesson.Scope.Tenant, lesson.Scope.Agent)).SelectMany(group => FindAmong([.. group], similarity))];

    private static IEnumerable<LessonOverlap> FindAmong(Lesson[] lessons, double similarity)
    {
        HashSet<string>[] words = [.. lessons.Select(WordsOf)];
        Dictionary<string, int> frequency = words.SelectMany(set => set).CountBy(word => word).ToDictionary(StringComparer.Ordinal);
        var byPrefix = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < lessons.Length; i++)
        {
            string[] prefix =
            [
                .. words[i].OrderBy(word => frequency[word]).ThenBy(word => word, StringComparer.Ordinal)
                    .Take(words[i].Count - (int)Math.Ceiling((similarity * words[i].Count) - 1e-9) + 1),
            ];
            int meeting = i;
            LessonOverlap? closest = prefix.SelectMany(word => byPrefix.GetValueOrDefault(word) ?? []).Distinct().Order()
                .Select(other => new LessonOverlap(lessons[meeting], lessons[other], Jaccard(words[meeting], words[other])))
                .MaxBy(pair => pair.Overlap);
            if (closest?.Overlap >= similarity)
            {
                yield return closest!;
                continue;
            }

            foreach (string word in prefix)
            {
                (byPrefix.TryGetValue(word, out List<int>? list) ? list : byPrefix[word] = []).Add(i);
            }
        }
    }

    private static HashSet<string> WordsOf(Lesson lesson) =>
        [.. WordSequence.WordsOf(lesson.Text)];

    private static double Jaccard(HashSet<string> one, HashSet<string> other)
    {
        int shared = one.Count(other.Contains);
        return (double)shared / (one.Count + other.Count - shared);
    }
}
