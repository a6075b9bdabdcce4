using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>Conversations as tokens to train on.</summary>
public static class PlayerTokens
{
    private const string Do = "<|do|>";
    private const string End = "<|end|>";

    // The word that names the command.
    private const int Command = 0;
    private const float Chosen = 2;
    private const float Told = 0.05f;

    /// <summary>Learns the vocabulary from messages.</summary>
    public static Tokenizer Learn(IEnumerable<string> messages, int size) => BytePairTrainer.Train(
        messages.Select(message => $" {message}"),
        new()
        {
            VocabularySize = size,
            SpecialTokens = ["<|see|>", Do, End],
            EndToken = End,
            PadToken = End,
            PreTokenizer = "gpt2",
            ChatTemplate = PlayerPrompts.ChatTemplate,
        });

    /// <summary>An attempt and what is written after it as one sequence, and how much each token of its response counts.</summary>
    /// <remarks>Which command is chosen counts most; slips do not, and what the world answers hardly.</remarks>
    /// <param name="tokenizer">The vocabulary.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="afterword">What is asked after it, and the answer.</param>
    /// <param name="answered">How much a token of the answer counts; one of an action counts 1.</param>
    public static (TrainingSequence Sequence, float[] Weights) Encode(Tokenizer tokenizer, Attempt attempt, Afterword afterword, float answered)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(afterword);
        ImmutableArray<int> ids = tokenizer.Encode(tokenizer.RenderChat(
            [.. PlayerPrompts.Play(attempt), new(ChatRole.User, afterword.Ask), new(ChatRole.Assistant, afterword.Answer)], addGenerationPrompt: false));
        int start = tokenizer.Encode(Do, parseSpecial: true)[0];
        int end = tokenizer.Encode(End, parseSpecial: true)[0];
        int first = ids.IndexOf(start) + 1;
        int reflection = ids.LastIndexOf(start);
        var weights = new float[ids.Length - first];
        int said = 0;
        int step = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            int id = ids[first + i];
            bool isSlip = step < attempt.Steps.Length && attempt.Steps[step].IsSlip;
            weights[i] = first + i > reflection ? answered : id == start || (said >= 0 && isSlip) ? 0 : said == Command ? Chosen : said >= 0 ? 1 : Told;
            step += id == end ? 1 : 0;
            said = id == start ? 0 : id == end || said < 0 ? -1 : said + 1;
        }

        return (new(ids[..first], ids[first..]), weights);
    }
}
