namespace Reflexion.Benchmarks;

/// <summary>Lessons and queries made of words that are as unevenly frequent as those of a language (Zipf's law). Seeded.</summary>
internal static class RecallCorpus
{
    public const int LessonsPerTask = 10;
    public const int Agents = 4;

    private const int Vocabulary = 50_000;
    private const int WordsOfLesson = 24;
    private const int WordsOfQuery = 14;

    private static readonly double[] Cumulated = Cumulate();

    public static Lesson Lesson(int number)
    {
        var random = new Random(number);
        return new(
            new("tenant", Agent(number), Task(number)),
            $"{Words(random, WordsOfLesson)} n{number}",
            new($"e{number}", 1, DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(number)));
    }

    public static string Query(int number) => Words(new Random(-1 - number), WordsOfQuery);

    public static string Task(int number) => $"task {number / LessonsPerTask}";

    public static string Agent(int number) => $"agent {number / LessonsPerTask % Agents}";

    private static string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word(random)));

    private static string Word(Random random)
    {
        int found = Array.BinarySearch(Cumulated, random.NextDouble() * Cumulated[^1]);
        return $"w{(found < 0 ? ~found : found)}";
    }

    private static double[] Cumulate()
    {
        double[] sums = new double[Vocabulary];
        double sum = 0;
        for (int i = 0; i < Vocabulary; i++)
        {
            sums[i] = sum += 1.0 / (i + 1);
        }

        return sums;
    }
}
