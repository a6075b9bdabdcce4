using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Cuts text into the words that tokens do not cross, as a model family's regular expression does.</summary>
/// <remarks>Each cutter looks only at the text ahead, so cutting goes from word to word; every character falls into a word.</remarks>
internal abstract class WordCutter
{
    private static readonly WordCutter Gpt2 = new Gpt2Cutter(digitsStandAlone: false);
    private static readonly WordCutter SmolLm = new Gpt2Cutter(digitsStandAlone: true);
    private static readonly WordCutter Qwen2 = new Llama3Cutter(mostDigits: 1);
    private static readonly WordCutter Llama3 = new Llama3Cutter(mostDigits: 3);

    private static readonly ImmutableDictionary<string, WordCutter> ByName = ImmutableDictionary.CreateRange<string, WordCutter>(
    [
        new("default", Gpt2),
        new("gpt2", Gpt2),
        new("gpt-2", Gpt2),
        new("smollm", SmolLm),
        new("qwen2", Qwen2),
        new("deepseek-r1-qwen", Qwen2),
        new("llama3", Llama3),
        new("llama-v3", Llama3),
        new("llama-bpe", Llama3),
    ]);

    /// <summary>The names of all cutters, for errors.</summary>
    internal static string Names { get; } = string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal));

    /// <summary>The cutter that GGUF's <c>tokenizer.ggml.pre</c> names, or null.</summary>
    internal static WordCutter? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The length in UTF-16 units of the word that a text which is not empty begins with.</summary>
    internal abstract int FirstWord(ReadOnlySpan<char> text);

    /// <summary>The length of the white space taken when it is more than one word's leading space: all of it at the end, else all but the last.</summary>
    private protected static int WhiteSpace(int length, bool endsText) => endsText || length == 1 ? length : length - 1;

    /// <summary>The length of an English contraction's ending ('s, 't, 're, 've, 'm, 'll, 'd) at the beginning; 0 where there is none.</summary>
    private protected static int Contraction(ReadOnlySpan<char> text, bool anyCase)
    {
        if (text.Length < 2 || text[0] != '\'')
        {
            return 0;
        }

        char first = Fold(text[1], anyCase);
        if (first is 's' or 't' or 'm' or 'd')
        {
            return 2;
        }

        char second = text.Length > 2 ? Fold(text[2], anyCase) : '\0';
        return (first, second) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    // The long s is the one other character that Unicode folds to one of these letters.
    private static char Fold(char character, bool anyCase) => !anyCase ? character : character == 'ſ' ? 's' : char.ToLowerInvariant(character);
}
