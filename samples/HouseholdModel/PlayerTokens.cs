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
    private const float Reflected = 0.1f;

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

    /// <summary>An attempt and a refinement after it as one sequence, and how much each token of its response counts.</summary>
    /// <remarks>Which command is chosen counts most; slips do not, what the world answers hardly, and neither does a refinement that nobody has rated yet.</remarks>
    public static (TrainingSequence Sequence, float[] Weights) Encode(Tokenizer tokenizer, Attempt attempt, string refinement)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ImmutableArray<int> ids = tokenizer.Encode(tokenizer.RenderChat([.. PlayerPrompts.Reflect(attempt), new(ChatRole.Assistant, refinement)], addGenerationPrompt: false));
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
            weights[i] = first + i > reflection ? Reflected : id == start || (said >= 0 && isSlip) ? 0 : said == Command ? Chosen : said >= 0 ? 1 : Told;
            step += id == end ? 1 : 0;
            said = id == start ? 0 : id == end || said < 0 ? -1 : said + 1;
        }

        return (new(ids[..first], ids[first..]), weights);
    }
}
