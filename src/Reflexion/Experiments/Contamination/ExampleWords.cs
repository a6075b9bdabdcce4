namespace Reflexion;

/// <summary>Where runs of words stand in a text.</summary>
internal sealed class ExampleWords
{
    private readonly string[] _words;
    private readonly Dictionary<string, List<int>> _positions = [];

    internal ExampleWords(string text)
    {
        _words = WordSequence.WordsOf(text);
        for (int i = 0; i < _words.Length; i++)
        {
            if (!_positions.TryGetValue(_words[i], out List<int>? positions))
            {
                _positions[_words[i]] = positions = [];
            }

            positions.Add(i);
        }
    }

    /// <summary>The most of the words from a position on that stand in the text in a row.</summary>
    internal int LongestRun(ReadOnlySpan<string> words)
    {
        int longest = 0;
        foreach (int start in words.IsEmpty ? [] : _positions.GetValueOrDefault(words[0]) ?? [])
        {
            longest = Math.Max(longest, _words.AsSpan(start).CommonPrefixLength(words));
        }

        return longest;
    }
}
