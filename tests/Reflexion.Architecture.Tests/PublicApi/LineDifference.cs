namespace Reflexion.Tests;

/// <summary>What changed from one text to another, line by line.</summary>
internal static class LineDifference
{
    /// <summary>The lines only one of the texts has, <c>-</c> before those that went and <c>+</c> before those that came,
    /// under the line less indented that they belong to.</summary>
    public static IEnumerable<string> Between(string approved, string received)
    {
        string? heading = null;
        foreach ((char sign, string line) in Align(approved.Split('\n'), received.Split('\n')))
        {
            bool isHeading = !line.StartsWith(' ');
            if (sign != ' ' && !isHeading && heading is not null)
            {
                yield return $"  {heading}";
            }

            heading = isHeading && sign == ' ' ? line : sign != ' ' ? null : heading;
            if (sign != ' ')
            {
                yield return $"{sign} {line}";
            }
        }
    }

    private static IEnumerable<(char Sign, string Line)> Align(string[] before, string[] after)
    {
        int[,] common = CommonLengths(before, after);
        int i = 0;
        int j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                yield return (' ', before[i++]);
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                yield return ('-', before[i++]);
            }
            else
            {
                yield return ('+', after[j++]);
            }
        }
    }

    /// <summary>At [i, j], the length of the longest common subsequence of the lines from i and from j on.</summary>
    private static int[,] CommonLengths(string[] before, string[] after)
    {
        int[,] common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
