using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>Conversations as tokens to train on.</summary>
public static class PlayerTokens
{
    private const string Do = "<|do|>";
    private const string End = "<|end|>";

    /// <summary>Learns the vocabulary from games.</summary>
    public static Tokenizer Learn(IEnumerable<Attempt> attempts, int size) => BytePairTrainer.Train(
        attempts.SelectMany(attempt => PlayerPrompts.Play(attempt)).Select(message => message.Text),
        new()
        {
            VocabularySize = size,
            SpecialTokens = ["<|see|>", Do, End],
            EndToken = End,
            PadToken = End,
            PreTokenizer = "gpt2",
            ChatTemplate = PlayerPrompts.ChatTemplate,
        });

    /// <summary>A conversation as one sequence, and how much each token of its response counts: what the model says fully, what it is told by <paramref name="told"/>.</summary>
    public static (TrainingSequence Sequence, float[] Weights) Encode(Tokenizer tokenizer, IEnumerable<ChatMessage> messages, float told)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ImmutableArray<int> ids = tokenizer.Encode(tokenizer.RenderChat(messages, addGenerationPrompt: false));
        int start = tokenizer.Encode(Do, parseSpecial: true)[0];
        int end = tokenizer.Encode(End, parseSpecial: true)[0];
        int first = ids.IndexOf(start) + 1;
        var weights = new float[ids.Length - first];
        bool speaks = true;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = speaks ? 1 : ids[first + i] == start ? 0 : told;
            speaks = ids[first + i] == start || (speaks && ids[first + i] != end);
        }

        return (new(ids[..first], ids[first..]), weights);
    }
}
