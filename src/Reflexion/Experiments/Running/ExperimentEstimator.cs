using System.Collections.Immutable;

namespace Reflexion;

/// <summary>Works out what an experiment may take.</summary>
internal static class ExperimentEstimator
{
    internal static ExperimentEstimate Estimate(ExperimentPlan plan, ImmutableArray<ReflexionAgent> agents, ExperimentResult? pilot)
    {
        ArmEstimate[] arms = [.. plan.Arms.Select((arm, i) => ArmOf(plan, arm, agents[i], pilot))];
        UsageBound agentsAtMost = plan.Arms.Select((_, i) => AgentsAtMost(plan, agents[i])).Aggregate((sum, arm) => sum.Plus(arm)).Within(plan.Options.TotalBudget);
        ExpectedUsage?[] expected = [.. arms.Select(arm => arm.Expected)];
        return new()
        {
            Episodes = arms.Sum(arm => arm.Episodes),
            Arms = [.. arms],
            AtMost = agents.Select(agent => HeldOutAtMost(plan, agent)).OfType<UsageBound>().Aggregate(agentsAtMost, (sum, heldOut) => sum.Plus(heldOut)),
            LeastTokens = arms.Sum(arm => arm.LeastTokens),
            Expected = expected.Contains(null) ? null : expected.Aggregate((sum, arm) => sum!.Plus(arm!)),
            LeastDuration = plan.Models.Select(model => DurationOf(plan, model, arms)).Max(),
        };
    }

    private static ArmEstimate ArmOf(ExperimentPlan plan, ArmDefinition arm, ReflexionAgent agent, ExperimentResult? pilot)
    {
        UsageBound atMost = AgentsAtMost(plan, agent).Within(plan.Options.TotalBudget);
        int episodes = plan.Tasks.Length * plan.Seeds.Length;
        long prompts = plan.Tasks.Sum(task => (long)TokenEstimate.Of(agent.Parts.Actor.CreatePrompt(task.Task.Task).ToMessages()));
        return new(
            arm.Name,
            episodes,
            HeldOutAtMost(plan, agent) is { } heldOut ? atMost.Plus(heldOut) : atMost,
            prompts * plan.Seeds.Length,
            pilot is null ? null : ExpectedOf(pilot, arm.Name, episodes));
    }

    private static UsageBound AgentsAtMost(ExperimentPlan plan, ReflexionAgent agent) => EpisodesAtMost(plan, agent).Within(plan.Options.ArmBudget);

    private static UsageBound? HeldOutAtMost(ExperimentPlan plan, ReflexionAgent agent) =>
        agent.Parts.HeldOutEvaluator is null ? null : EpisodesAtMost(plan, agent);

    private static UsageBound EpisodesAtMost(ExperimentPlan plan, ReflexionAgent agent) => plan.Tasks
        .Select(task => UsageBound.Of(plan.Options.EpisodeBudget ?? task.Options.Budget ?? agent.Options.Budget, plan.Seeds.Length))
        .Aggregate((sum, task) => sum.Plus(task));

    private static ExpectedUsage? ExpectedOf(ExperimentResult pilot, string arm, int episodes)
    {
        double[][] tasks =
        [
            .. pilot.EpisodesOf(arm).Where(episode => episode.Outcome != ExperimentOutcome.Unfinished).GroupBy(episode => episode.TaskId).Select(task => new[]
            {
                task.Sum(episode => (double)episode.Usage.Total.Calls),
                task.Sum(episode => (double)episode.Usage.Total.Tokens.TotalTokens),
                task.Sum(episode => (double)episode.Usage.Total.Cost),
                task.Count(),
            }),
        ];
        var bootstrap = new ClusterBootstrap();
        return tasks.Length == 0 ? null : new(Of(0), Of(1), Of(2));

        IntervalEstimate Of(int sum) => bootstrap.Estimate(tasks, sums => sums[sum] / sums[3] * episodes);
    }

    private static TimeSpan? DurationOf(ExperimentPlan plan, ExperimentModel model, ArmEstimate[] arms)
    {
        ExpectedUsage[] expected = [.. arms.Where((_, i) => plan.Arms[i].Model == model.Name).Select(arm => arm.Expected).OfType<ExpectedUsage>()];
        if (model.Limit is null || expected.Length == 0)
        {
            return null;
        }

        double calls = expected.Sum(arm => arm.Calls.Value) / (model.Limit.CallsPerMinute ?? double.PositiveInfinity);
        double tokens = expected.Sum(arm => arm.Tokens.Value) / (model.Limit.TokensPerMinute ?? double.PositiveInfinity);
        return TimeSpan.FromMinutes(Math.Max(calls, tokens));
    }
}
