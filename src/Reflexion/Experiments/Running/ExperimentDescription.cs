using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Writes down how an experiment and its arms were set up, for whoever reads the results.</summary>
internal static class ExperimentDescription
{
    private static readonly AgentComponent[] Callers =
        [AgentComponent.Actor, AgentComponent.Evaluator, AgentComponent.HeldOutEvaluator, AgentComponent.Reflector, AgentComponent.RetrospectiveModel];

    internal static ImmutableSortedDictionary<string, string> Of(IEnumerable<KeyValuePair<string, string>> told, IEnumerable<PlannedTask> tasks, ExperimentOptions options) =>
        ExperimentArmInfo.Ordinal
            .Add("library.version", typeof(Experiment).Assembly.GetName().Version?.ToString() ?? "")
            .Add("lessons.shared", options.LessonSharing.ToString())
            .Add("budget.episode", TextOf(options.EpisodeBudget))
            .Add("budget.arm", TextOf(options.ArmBudget))
            .Add("budget.total", TextOf(options.TotalBudget))
            .Add("tasks.sha256", HashOf(tasks))
            .SetItems(told);

    internal static ExperimentArmInfo Of(ArmDefinition arm, ReflexionAgent agent, ReflexionAgentBuilder builder, IServiceProvider services) => new(arm.Name, agent.Options.Strategy)
    {
        Model = arm.Model,
        Variant = arm.Variant,
        MaxTrials = agent.Options.MaxTrials,
        JudgedByHeldOut = agent.Parts.HeldOutEvaluator is not null,
        ModelIds = Callers.Select(component => (Component: component, Id: ModelIdOf(builder.FindChatClient(component, services))))
            .Where(model => model.Id is not null).ToImmutableSortedDictionary(model => model.Component, model => model.Id!),
        Settings = SettingsOf(agent),
    };

    private static string? ModelIdOf(IChatClient? client) =>
        (client?.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId;

    private static ImmutableSortedDictionary<string, string> SettingsOf(ReflexionAgent agent)
    {
        (AgentComponents parts, ReflexionAgentOptions options) = (agent.Parts, agent.Options);
        ImmutableSortedDictionary<string, string> settings = ExperimentArmInfo.Ordinal
            .Add("actor", parts.Actor.GetType().Name)
            .Add("evaluator", parts.Evaluator.GetType().Name)
            .Add("reflector", parts.Reflector.GetType().Name)
            .Add("retrospectiveModel", parts.RetrospectiveModel.GetType().Name)
            .Add("memory", parts.Memory.GetType().Name)
            .Add("maxTrials", Text(options.MaxTrials))
            .Add("maxLessonsInPrompt", Text(options.MaxLessonsInPrompt))
            .Add("maxLessonCharacters", Text(options.MaxLessonCharacters))
            .Add("lessonBreadth", options.LessonBreadth.ToString())
            .Add("learnFromSuccess", options.LearnFromSuccess ? "yes" : "no")
            .Add("reflectAfterLastTrial", options.ReflectAfterLastTrial ? "yes" : "no")
            .Add("budget", TextOf(options.Budget));
        return parts.HeldOutEvaluator is null ? settings : settings.Add("heldOutEvaluator", parts.HeldOutEvaluator.GetType().Name);
    }

    private static string TextOf(EpisodeBudget? budget) => budget is null
        ? "none"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{budget.MaxModelCalls} calls, {budget.MaxTokens} tokens{(budget.MaxCost is { } cost ? string.Create(CultureInfo.InvariantCulture, $", cost {cost}") : "")}, {budget.MaxDuration}");

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string HashOf(IEnumerable<PlannedTask> tasks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (PlannedTask task in tasks)
        {
            foreach (string text in new[] { task.Id, task.Task.Task.Instruction, task.Task.Task.Context ?? "" })
            {
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}")));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
