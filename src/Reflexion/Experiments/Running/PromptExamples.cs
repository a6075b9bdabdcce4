using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Finds the instructions and worked examples that the prompts of an experiment show.</summary>
internal static class PromptExamples
{
    internal static IEnumerable<ContaminationExample> Of(ExperimentPlan plan, ImmutableArray<ReflexionAgent> agents)
    {
        var seen = new HashSet<string>();
        for (int arm = 0; arm < agents.Length; arm++)
        {
            int number = 0;
            foreach (PromptPart part in plan.Tasks.SelectMany(task => agents[arm].Parts.Actor.CreatePrompt(task.Task.Task).Parts))
            {
                if (part.Kind is PromptPartKind.Instructions or PromptPartKind.Examples && seen.Add(part.Text))
                {
                    yield return new($"{plan.Arms[arm].Name}: {part.Kind} {++number}", part.Text);
                }
            }
        }
    }
}
