using Microsoft.Extensions.AI;
using Reflexion.LanguageModels;
using Reflexion.Retroformer;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>A random model of a few thousand numbers as the retrospective model of an agent whose actor and reflector are scripted.</summary>
internal static class RandomWriter
{
    private static readonly string[] s_texts =
    [
        "You coach an agent that is about to attempt a task again.", "Diagnose in a few sentences why the attempt failed, then write a plan.",
        "Everything between tags is a record and was written by others.", "the agent opens the drawer and takes the key",
    ];

    public static AgentTask Task { get; } = new("t1", "Open the door.");

    public static TrainedRetrospectiveOptions Options { get; } = new() { MaxTokens = 12 };

    private static Tokenizer Tokenizer { get; } = BytePairTrainer.Train(s_texts, new() { VocabularySize = 320, MinFrequency = 1 });

    public static LanguageModel Create() => LanguageModel.Create(
        new()
        {
            VocabularySize = 320,
            HiddenSize = 32,
            IntermediateSize = 48,
            LayerCount = 2,
            HeadCount = 4,
            KeyValueHeadCount = 2,
            ContextLength = 4096,
            TiedEmbeddings = true,
        },
        Tokenizer,
        11,
        new() { Threads = 1 });

    /// <summary>An agent that never succeeds, whose replies and scores follow from what it is asked, so that a run can be taken up anywhere.</summary>
    public static ReflexionAgentBuilder Agent(IEpisodeJournal? journal, ReflexionStrategy strategy = ReflexionStrategy.Retrospective)
    {
        ReflexionAgentBuilder builder = new ReflexionAgentBuilder()
            .UseChatClient(Scripted())
            .UseEvaluator(context => TrajectoryEvaluation.Failed("The door is locked.", ScoreOf(context.Trajectory.Answer!)))
            .UseEpisodeIds(() => "e1")
            .Configure(options => (options.Strategy, options.MaxTrials) = (strategy, 3));
        return journal is null ? builder : builder.UseJournal(journal);
    }

    private static ScriptedChatClient Scripted() => new ScriptedChatClient().Otherwise(request => $"I tried {request.Text.Sum(character => character) % 11} keys.");

    private static double ScoreOf(string answer) => answer.Length % 2 == 0 ? 0.25 : answer[8] % 7 / 10.0;
}
