namespace Reflexion.LanguageModels;

/// <summary>
/// <c>(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+</c>.
/// </summary>
/// <param name="mostDigits">Numeric characters in a word: 3 in Llama 3, 1 in Qwen2.</param>
internal sealed class Llama3Cutter(int mostDigits) : WordCutter
{
    internal override int FirstWord(ReadOnlySpan<char> text)
    {
        int contraction = Contraction(text, anyCase: true);
        if (contraction > 0)
        {
            return contraction;
        }

        CharacterClass first = CharacterClasses.At(text, 0, out int length);
        return first switch
        {
            CharacterClass.Letter => CharacterClasses.EndOfRun(text, 0, CharacterClass.Letter),
            CharacterClass.Number => Digits(text),
            _ when first != CharacterClass.LineBreak && CharacterClasses.At(text, length, out _) == CharacterClass.Letter
                => CharacterClasses.EndOfRun(text, length, CharacterClass.Letter),
            CharacterClass.Other => Symbols(text, 0),
            _ when text[0] == ' ' && CharacterClasses.At(text, 1, out _) == CharacterClass.Other => Symbols(text, 1),
            _ => Blanks(text),
        };
    }

    private static int Symbols(ReadOnlySpan<char> text, int start) =>
        CharacterClasses.EndOfRun(text, CharacterClasses.EndOfRun(text, start, CharacterClass.Other), CharacterClass.LineBreak);

    private static int Blanks(ReadOnlySpan<char> text)
    {
        int end = CharacterClasses.EndOfWhiteSpace(text, 0);
        int lines = text[..end].LastIndexOfAny('\r', '\n') + 1;
        return lines > 0 ? lines : WhiteSpace(end, end == text.Length);
    }

    private int Digits(ReadOnlySpan<char> text)
    {
        int end = 0;
        for (int digits = 0; digits < mostDigits && CharacterClasses.At(text, end, out int length) == CharacterClass.Number; digits++)
        {
            end += length;
        }

        return end;
    }
}
