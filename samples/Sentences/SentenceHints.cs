using Microsoft.Extensions.AI;

namespace Reflexion.Samples.Sentences;

/// <summary>What the retrospective model is shown of a sentence that failed, and hints by a teacher who does not know which sort of hint helps.</summary>
public static class SentenceHints
{
    private const string Instructions = "You read a sentence that lacks some of its words and write one short hint for the next try.";

    private static readonly Func<string[], string[], string>[] s_sorts =
    [
        (_, lacking) => $"Use the word {string.Join(" and the word ", lacking)}.",
        (_, lacking) => $"Do not forget {string.Join(" and ", lacking)}.",
        (words, _) => $"Start like this: The {string.Join(", the ", words)}",
        (words, _) => string.Join(' ', words),
        (_, _) => "Write one short sentence.",
    ];

    /// <summary>The state of the retrospective model.</summary>
    public static IList<ChatMessage> Reflect(RetrospectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string? sentence = context.Trials[^1].Trajectory.Answer;
        string user = $"""
            Words: {string.Join(", ", SentenceDomain.WordsOf(context.Task))}
            Sentence: {sentence?.ReplaceLineEndings(" ").Trim()}
            It lacks: {string.Join(", ", SentenceDomain.Lacking(context.Task, sentence))}
            Hint:
            """;
        return [new(ChatRole.System, Instructions), new(ChatRole.User, user)];
    }

    /// <summary>A hint of any sort; where it lists words of the task, some of them or, as often, all.</summary>
    public static string Any(RetrospectiveContext context, Random random)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(random);
        string[] words = SentenceDomain.WordsOf(context.Task);
        random.Shuffle(words);
        int count = random.NextDouble() < 0.5 ? words.Length : random.Next(1, words.Length);
        return s_sorts[random.Next(s_sorts.Length)](words[..count], SentenceDomain.Lacking(context.Task, context.Trials[^1].Trajectory.Answer));
    }
}
