namespace Reflexion.LanguageModels;

/// <summary><c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.</summary>
/// <param name="digitsStandAlone">Whether each numeric character is cut out before that, as SmolLM does.</param>
internal sealed class Gpt2Cutter(bool digitsStandAlone) : WordCutter
{
    internal override int FirstWord(ReadOnlySpan<char> text)
    {
        int contraction = Contraction(text, anyCase: false);
        if (contraction > 0)
        {
            return contraction;
        }

        CharacterClass first = CharacterClasses.At(text, 0, out int length);
        if (first == CharacterClass.Number && digitsStandAlone)
        {
            return length;
        }

        int start = text[0] == ' ' ? 1 : 0;
        CharacterClass next = CharacterClasses.At(text, start, out _);
        if (next is CharacterClass.Letter or CharacterClass.Other || (next == CharacterClass.Number && !digitsStandAlone))
        {
            return CharacterClasses.EndOfRun(text, start, next);
        }

        int end = CharacterClasses.EndOfWhiteSpace(text, 0);
        CharacterClass after = CharacterClasses.At(text, end, out _);
        return WhiteSpace(end, after == CharacterClass.End || (after == CharacterClass.Number && digitsStandAlone));
    }
}
