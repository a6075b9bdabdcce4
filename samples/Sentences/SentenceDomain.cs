using System.Collections.Immutable;

namespace Reflexion.Samples.Sentences;

/// <summary>A second domain beside households: write one sentence with four given words. A small pretrained model leaves some of them out in most of its sentences.</summary>
public sealed class SentenceDomain : IAgentDomain
{
    private const int WordsATask = 4;
    private const string WordsKey = "words";

    private static readonly string[] s_words = (
        "dog cat horse bird fish child boy girl man woman king farmer doctor teacher soldier ball book chair table lamp window door garden river mountain forest beach road bridge " +
        "castle city village kitchen school boat train car bicycle apple bread milk cheese soup tea rain snow wind sun moon star fire stone gold silver paper pencil letter song " +
        "story picture music dance dream night morning winter summer hat coat shoe ring clock mirror key box bag rope knife spoon plate cup bottle bed blanket run jump swim climb " +
        "throw catch carry build paint sing laugh cry sleep read write cook wash open close find lose buy sell teach learn").Split(' ');

    private readonly int _trials;

    /// <summary>Draws tasks.</summary>
    /// <param name="part">Which words.</param>
    /// <param name="count">How many tasks, from 1 up.</param>
    /// <param name="trials">The most trials of an episode.</param>
    /// <param name="seed">Draws the words.</param>
    public SentenceDomain(SentencePart part, int count, int trials = 5, int seed = 1)
    {
        _trials = trials;
        string[] words = [.. s_words.Where((_, i) => (i % 4) switch { 0 => SentencePart.Test, 1 => SentencePart.Validation, _ => SentencePart.Train } == part)];
        var random = new Random(seed);
        Tasks = [.. Enumerable.Range(1, count).Select(number => ToTask($"{part}-{seed}-{number}", Draw(words, random)))];
    }

    /// <inheritdoc/>
    public string Name => "sentences";

    /// <inheritdoc/>
    public IReadOnlyList<DomainTask> Tasks { get; }

    /// <summary>The words that a task asks for.</summary>
    public static string[] WordsOf(AgentTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Metadata[WordsKey].Split(' ');
    }

    /// <summary>The words that a text lacks.</summary>
    public static string[] Lacking(AgentTask task, string? text)
    {
        string lower = (text ?? "").ToLowerInvariant();
        HashSet<string> said = [.. lower.Split([.. lower.Where(letter => !char.IsLetter(letter)).Distinct()])];
        return [.. WordsOf(task).Where(word => !said.Contains(word))];
    }

    /// <inheritdoc/>
    public void Configure(ReflexionAgentBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder
            .UseActor(build => new ChatActor(build.ChatClientOf(AgentComponent.Actor), new() { SeedsCalls = true }))
            .UseEvaluator(new LackingWords())
            .Configure(options => options.MaxTrials = _trials);
    }

    private static string[] Draw(string[] words, Random random)
    {
        random.Shuffle(words);
        return words[..WordsATask];
    }

    private static DomainTask ToTask(string id, string[] words) => new(new AgentTask(id, $"Write one sentence with the words {string.Join(", ", words[..^1])} and {words[^1]}.")
    {
        Metadata = ImmutableDictionary<string, string>.Empty.Add(WordsKey, string.Join(' ', words)),
    });

    private sealed class LackingWords : ITrajectoryEvaluator
    {
        public ValueTask<TrajectoryEvaluation> EvaluateAsync(EvaluationContext context, CancellationToken cancellationToken)
        {
            string[] lacking = Lacking(context.Task, context.Trajectory.Answer);
            return ValueTask.FromResult(lacking.Length == 0 ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed($"The sentence lacks {string.Join(", ", lacking)}."));
        }
    }
}
