using System.Collections.Immutable;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>
/// Learns a byte-level vocabulary from text: the pair of neighbours that occurs most often becomes a token, again and again
/// (Sennrich et al. 2016, over bytes). The same text and options make the same vocabulary everywhere.
/// </summary>
public static class BytePairTrainer
{
    // Longer words are learnt from in pieces, or a text that is one word would take quadratic time.
    private const int LongestWord = 128;

    /// <summary>Learns a vocabulary.</summary>
    /// <param name="texts">The texts; read once.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public static Tokenizer Train(IEnumerable<string> texts, BytePairTrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new BytePairTrainerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.VocabularySize, options.SpecialTokens.Length + 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinFrequency, 1);
        WordCutter cutter = WordCutter.Find(options.PreTokenizer)
            ?? throw new ArgumentException($"The pre-tokenizer '{options.PreTokenizer}' is not known; known are {WordCutter.Names}.", nameof(options));
        if (options.SpecialTokens.Any(string.IsNullOrEmpty) || options.SpecialTokens.Distinct(StringComparer.Ordinal).Count() < options.SpecialTokens.Length)
        {
            throw new ArgumentException("Special tokens must be different texts that are not empty.", nameof(options));
        }

        var tokens = new List<string>(options.SpecialTokens);
        tokens.AddRange(Enumerable.Range(0, 256).Select(value => ByteLetters.LetterOf((byte)value).ToString()));
        ImmutableArray<string> merges = Learn(CountWords(texts, cutter), tokens, options);
        return Tokenizer.Create(new TokenizerSpec
        {
            Kind = TokenizerKind.ByteLevel,
            Tokens = [.. tokens],
            TokenTypes = [.. tokens.Select((_, id) => id < options.SpecialTokens.Length ? TokenType.Control : TokenType.Normal)],
            Merges = merges,
            PreTokenizer = options.PreTokenizer,
            BosId = IdOf(options.BeginToken, options),
            EosId = IdOf(options.EndToken, options),
            PadId = IdOf(options.PadToken, options),
            AddBos = options.BeginToken is not null,
            IgnoreMerges = false,
            ChatTemplate = options.ChatTemplate,
        });
    }

    /// <summary>Adds tokens to the bytes and the special tokens that are there.</summary>
    private static ImmutableArray<string> Learn(List<(byte[] Word, long Count)> words, List<string> tokens, BytePairTrainerOptions options)
    {
        var learning = new PairCounts(words, options.SpecialTokens.Length);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        ImmutableArray<string>.Builder merges = ImmutableArray.CreateBuilder<string>();
        while (tokens.Count < options.VocabularySize && learning.MostFrequent(options.MinFrequency) is { } pair)
        {
            // Two ways can lead to one token: "a" and "bc", "ab" and "c".
            string merged = tokens[pair.Left] + tokens[pair.Right];
            if (ids.TryAdd(merged, tokens.Count))
            {
                tokens.Add(merged);
            }

            merges.Add($"{tokens[pair.Left]} {tokens[pair.Right]}");
            learning.Merge(pair.Left, pair.Right, ids[merged]);
        }

        return merges.ToImmutable();
    }

    private static int? IdOf(string? token, BytePairTrainerOptions options) =>
        token is null ? null
        : options.SpecialTokens.IndexOf(token) is >= 0 and int id ? id
        : throw new ArgumentException($"The token '{token}' is none of the special tokens.", nameof(options));

    private static List<(byte[] Word, long Count)> CountWords(IEnumerable<string> texts, WordCutter cutter)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string text in texts)
        {
            ReadOnlySpan<char> rest = WellFormed.Utf16(text);
            while (!rest.IsEmpty)
            {
                int length = cutter.FirstWord(rest);
                CountPieces(rest[..length], lookup);
                rest = rest[length..];
            }
        }

        return [.. counts.OrderBy(word => word.Key, StringComparer.Ordinal).Select(word => (Encoding.UTF8.GetBytes(word.Key), word.Value))];
    }

    private static void CountPieces(ReadOnlySpan<char> word, Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> counts)
    {
        while (!word.IsEmpty)
        {
            int length = Math.Min(word.Length, LongestWord);
            length -= length < word.Length && char.IsHighSurrogate(word[length - 1]) ? 1 : 0;
            counts[word[..length]] = counts.TryGetValue(word[..length], out long count) ? count + 1 : 1;
            word = word[length..];
        }
    }
}
