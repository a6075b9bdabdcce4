using System.Collections.Immutable;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Finds stop strings in a stream of text, whatever pieces it comes in. Text that may begin one is held back until that is decided.</summary>
internal sealed class StopMatcher(ImmutableArray<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>Whether a stop string has come; nothing after it is given out.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Takes in text, and gives out what no stop string can begin in.</summary>
    public string Append(string text)
    {
        if (stops.IsEmpty || HasStopped)
        {
            return HasStopped ? "" : text;
        }

        string all = _held.Append(text).ToString();
        _held.Clear();
        int end = FirstStop(all);
        if (end >= 0)
        {
            HasStopped = true;
            return all[..end];
        }

        int certain = all.Length - Undecided(all);
        _held.Append(all, certain, all.Length - certain);
        return all[..certain];
    }

    /// <summary>What was held back, when no more text comes.</summary>
    public string Flush()
    {
        string held = _held.ToString();
        _held.Clear();
        return held;
    }

    private int FirstStop(string text)
    {
        int first = -1;
        foreach (string stop in stops)
        {
            int at = text.IndexOf(stop, StringComparison.Ordinal);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }

        return first;
    }

    // The length of the longest end of the text that begins a stop string.
    private int Undecided(string text)
    {
        int longest = 0;
        foreach (string stop in stops)
        {
            for (int length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                {
                    longest = length;
                }
            }
        }

        return longest;
    }
}
