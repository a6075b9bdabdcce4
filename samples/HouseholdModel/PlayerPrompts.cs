using Microsoft.Extensions.AI;
using Reflexion.Environments;

namespace Reflexion.Samples.HouseholdModel;

/// <summary>What the model reads: the same for acting, for reflecting and for training.</summary>
public static class PlayerPrompts
{
    /// <summary>The steps of a trial in the experiment; 49, as in the papers, leaves little to learn.</summary>
    public const int Steps = 20;

    private const int MostTold = 4;

    /// <summary>
    /// Each message begins with a token of its own, and a space, so that a word is the same token wherever it stands. What a step is called ("Observation 3: ") and the system message
    /// would only cost time.
    /// </summary>
    public const string ChatTemplate =
        "{% for message in messages %}{% if message['role'] == 'user' %}{{ '<|see|> ' }}" +
        "{{ message['content'].split(': ', 1)[1] if message['content'].startswith('Observation ') else message['content'] }}" +
        "{% elif message['role'] == 'assistant' %}{{ '<|do|> ' + message['content'].strip() + '<|end|>' }}{% endif %}{% endfor %}" +
        "{% if add_generation_prompt %}{{ '<|do|>' }}{% endif %}";

    /// <summary>How the model plays: in its own words, without examples.</summary>
    public static HouseholdOptions Options(int steps = Steps, int trials = 5) => new()
    {
        Instructions = "Act.",
        Demonstrations = 0,
        MaxActions = steps,
        MaxTrials = trials,
        StopRule = HouseholdStopRule.None,
        SeedsCalls = true,
    };

    /// <summary>A game as the actor's conversation.</summary>
    public static IEnumerable<ChatMessage> Play(Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        yield return new(ChatRole.User, $"Task: {attempt.Task}");
        if (attempt.Refinement is { } refinement)
        {
            yield return new(ChatRole.User, refinement);
        }

        yield return new(ChatRole.User, attempt.Room);
        foreach (AttemptStep step in attempt.Steps)
        {
            yield return new(ChatRole.Assistant, step.Action);
            yield return new(ChatRole.User, step.Observation);
        }
    }

    /// <summary>
    /// Asks for a refinement, after the record of an attempt. What was seen of the task's things is told again: so small a model can copy, but hardly find again what it read in other
    /// words long before.
    /// </summary>
    public static string Ask(Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return Refinements.Join([.. ToldAgain(attempt, new(attempt)), "Reflect."]);
    }

    /// <summary>Where the first few things were seen that the task names, in the words of refinements.</summary>
    public static IEnumerable<string> ToldAgain(Attempt attempt, RoomFacts facts)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(facts);
        return Refinements.Named(facts.Sights.Select(sight => Refinements.Location(sight.Thing, sight.Place)), attempt.Task).Take(MostTold);
    }

    /// <summary>Asks where things of some types were seen.</summary>
    public static string Where(IEnumerable<string> types) => $"Where? {Refinements.Join(types)}";

    /// <summary>An attempt in the prompt of the next one, word for word.</summary>
    public static string Retell(Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return string.Join('\n', attempt.Steps.Select(step => $"> {step.Action}\n{step.Observation}"));
    }

    /// <summary>The state of the retrospective model: the record of the last attempt.</summary>
    public static IList<ChatMessage> Reflect(Attempt attempt) => [.. Play(attempt), new(ChatRole.User, Ask(attempt))];

    /// <summary>The same, from what the loop knows before the next trial.</summary>
    public static IList<ChatMessage> Reflect(RetrospectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Reflect(AttemptOf(context.Task, context.Trials[^1]));
    }

    /// <summary>A trial as an attempt.</summary>
    public static Attempt AttemptOf(AgentTask task, Trial trial)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(trial);
        return new(
            task.Instruction,
            trial.Prompt.Parts.LastOrDefault(part => part.Kind == PromptPartKind.Refinement)?.Text,
            trial.Trajectory.InitialObservation?.Text ?? "",
            [.. trial.Trajectory.Steps.Select(step => new AttemptStep(step.Action?.Text ?? "", step.Observation?.Text ?? ""))],
            trial.Evaluation?.Success ?? false);
    }
}
