namespace Reflexion.Environments;

/// <summary>How far two spellings are apart.</summary>
internal static class EditDistance
{
    /// <summary>
    /// The optimal string alignment distance: how many letters must be put in, taken out, replaced, or swapped with their neighbour,
    /// no place being touched twice.
    /// </summary>
    internal static int Between(string left, string right)
    {
        int[] beforeLast = new int[right.Length + 1];
        int[] last = [.. Enumerable.Range(0, right.Length + 1)];
        int[] row = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, row) = (last, row, beforeLast);
        }

        return last[right.Length];
    }

    /// <summary>1 for equal spellings, 0 for those without a letter in its place.</summary>
    internal static double Similarity(string left, string right)
    {
        int longest = Math.Max(left.Length, right.Length);
        return longest == 0 ? 1 : 1 - ((double)Between(left, right) / longest);
    }
}
