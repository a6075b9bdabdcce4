namespace Reflexion;

/// <summary>How many tokens two normalised answers share.</summary>
internal readonly record struct TokenOverlap(double Precision, double Recall)
{
    private static readonly TokenOverlap None = new(0, 0);
    private static readonly TokenOverlap Full = new(1, 1);

    internal double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    internal static TokenOverlap Of(string? answer, string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (answer is null)
        {
            return None;
        }

        string given = AnswerNormalizer.Normalize(answer);
        string wanted = AnswerNormalizer.Normalize(reference);
        return given == wanted ? Full
            : given.Length == 0 || wanted.Length == 0 || IsClosed(given) || IsClosed(wanted) ? None
            : Count(given.Split(' '), wanted.Split(' '));
    }

    private static bool IsClosed(string answer) => answer is "yes" or "no" or "noanswer";

    private static TokenOverlap Count(string[] given, string[] wanted)
    {
        Dictionary<string, int> left = wanted.CountBy(token => token).ToDictionary();
        int shared = 0;
        foreach (string token in given)
        {
            if (left.TryGetValue(token, out int count) && count > 0)
            {
                left[token] = count - 1;
                shared++;
            }
        }

        return new((double)shared / given.Length, (double)shared / wanted.Length);
    }
}
