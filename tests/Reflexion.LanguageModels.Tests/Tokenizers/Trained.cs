using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Small tokenizers made here.</summary>
internal static class Trained
{
    private static readonly string[] Pieces =
    [
        "The agent looked for the mug in the cabinet and found it in the sink. ", "Observation: you open the fridge.\nAction: take the apple\n",
        "It wasn't there; I'll look again, as they've said: don't give up!  ", "for (int i = 0; i < 42; i++) { total += i * 3.14; }\r\n\t",
        "Der Bäcker verkauft süße Brötchen für 2,50 €. ", "日本語の短い文です。", "🙂👍🏽 emoji ", "Это короткое предложение. ", "    indented\n\n\n  text   ",
    ];

    /// <summary>A text of everyday pieces.</summary>
    public static string Text { get; } = string.Concat(Enumerable.Range(0, 40).Select(i => Pieces[i * 7 % Pieces.Length]));

    public static Tokenizer Tokenizer { get; } = BytePairTrainer.Train([Text], new BytePairTrainerOptions { VocabularySize = 600 });

    public static Tokenizer Of(string preTokenizer) =>
        BytePairTrainer.Train([Text], new BytePairTrainerOptions { VocabularySize = 500, PreTokenizer = preTokenizer, MinFrequency = 1 });
}
