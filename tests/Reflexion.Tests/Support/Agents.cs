namespace Reflexion.Tests;

/// <summary>Agents for tests of the loop: an actor that answers by trial, and an evaluator that wants one answer.</summary>
internal static class Agents
{
    internal static readonly AgentTask Question = new("q1", "What is the capital of France?");

    /// <summary>A builder whose actor gives the answers in turn, the last one for ever, and whose reflector writes "lesson n".</summary>
    internal static ReflexionAgentBuilder Answering(params string[] answers) => new ReflexionAgentBuilder()
        .UseActor(FakeActor.Answering(context => answers[Math.Min(context.Trial, answers.Length) - 1]))
        .UseEvaluator(Wants("Paris"))
        .UseReflector(new DelegateReflector(context => $"Lesson of trial {context.Trial.Number}: do not say {context.Trial.Trajectory.Answer}."))
        .UseEpisodeIds(() => "e1");

    internal static Func<EvaluationContext, TrajectoryEvaluation> Wants(string answer) => context =>
        context.Trajectory.Answer == answer ? TrajectoryEvaluation.Passed() : TrajectoryEvaluation.Failed("That is not it.");

    internal static async Task<List<AgentEvent>> EventsAsync(this ReflexionAgent agent, AgentTask? task = null, EpisodeOptions? options = null)
    {
        var events = new List<AgentEvent>();
        await foreach (AgentEvent happened in agent.RunStreamingAsync(task ?? Question, options))
        {
            events.Add(happened);
        }

        return events;
    }
}
