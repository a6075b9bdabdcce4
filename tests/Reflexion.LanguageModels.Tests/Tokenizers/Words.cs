using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Cuts texts into words.</summary>
internal static class Words
{
    public static List<string> Cut(string preTokenizer, string text)
    {
        WordCutter cutter = WordCutter.Find(preTokenizer)!;
        var words = new List<string>();
        while (text.Length > 0)
        {
            int length = cutter.FirstWord(text);
            words.Add(text[..length]);
            text = text[length..];
        }

        return words;
    }
}
