using System.Diagnostics;

namespace Reflexion;

/// <summary>The <c>invoke_agent</c> span of an episode, its evaluation events, and the counters of the loop.</summary>
internal static class EpisodeTelemetry
{
    internal static Activity? Start(EpisodeRun run, AgentTask task)
    {
        // Started as a sibling of whatever follows in the caller: the loop makes it current phase by phase.
        Activity? before = Activity.Current;
        Activity? activity = ReflexionTelemetry.Source.StartActivity($"invoke_agent {run.AgentName}");
        Activity.Current = before;
        if (activity is not null)
        {
            activity.SetTag("gen_ai.operation.name", "invoke_agent");
            activity.SetTag("gen_ai.agent.name", run.AgentName);
            activity.SetTag("gen_ai.conversation.id", run.EpisodeId);
            activity.SetTag("reflexion.task.id", task.Id);
            if (ReflexionTelemetry.CapturesContent)
            {
                activity.SetTag("gen_ai.input.messages", task.Instruction);
            }
        }

        return activity;
    }

    internal static void Evaluated(EpisodeRun run, int trial, TrajectoryEvaluation evaluation, double? deltaG)
    {
        if (ReflexionTelemetry.EvaluationScore.Enabled)
        {
            ReflexionTelemetry.EvaluationScore.Record(evaluation.Score, new KeyValuePair<string, object?>("gen_ai.agent.name", run.AgentName));
        }

        if (deltaG is { } delta && ReflexionTelemetry.ReturnChange.Enabled)
        {
            ReflexionTelemetry.ReturnChange.Record(delta, new KeyValuePair<string, object?>("gen_ai.agent.name", run.AgentName));
        }

        if (Activity.Current is { } activity && activity.Source == ReflexionTelemetry.Source)
        {
            var tags = new ActivityTagsCollection
            {
                ["gen_ai.evaluation.name"] = "trajectory",
                ["gen_ai.evaluation.score.value"] = evaluation.Score,
                ["gen_ai.evaluation.score.label"] = evaluation.Success ? "pass" : "fail",
                ["reflexion.trial"] = trial,
            };
            if (ReflexionTelemetry.CapturesContent)
            {
                tags["gen_ai.evaluation.explanation"] = evaluation.Feedback;
            }

            activity.AddEvent(new("gen_ai.evaluation.result", run.Time.GetUtcNow(), tags));
        }
    }

    internal static void TrialEnded(Activity? activity, EpisodeRun run, Trial trial)
    {
        ReflexionTelemetry.Trials.Add(1, new("gen_ai.agent.name", run.AgentName), new("reflexion.trial.end", trial.Trajectory.End.ToString()));
        activity?.AddEvent(new("reflexion.trial.ended", run.Time.GetUtcNow(), new()
        {
            ["reflexion.trial"] = trial.Number,
            ["reflexion.trial.end"] = trial.Trajectory.End.ToString(),
            ["reflexion.trial.steps"] = trial.Trajectory.Steps.Length,
        }));
    }

    internal static void LessonWritten(string outcome) =>
        ReflexionTelemetry.Lessons.Add(1, new KeyValuePair<string, object?>("reflexion.lesson.outcome", outcome));

    internal static void Cancel(Activity? activity)
    {
        activity?.SetTag("error.type", typeof(OperationCanceledException).FullName);
        activity?.SetStatus(ActivityStatusCode.Error, "The run was cancelled.");
    }

    internal static void End(Activity? activity, EpisodeRun run, Episode episode)
    {
        ReflexionTelemetry.Episodes.Add(1, new("gen_ai.agent.name", run.AgentName), new("reflexion.stop_reason", episode.StopReason.ToString()));
        if (activity is null)
        {
            return;
        }

        TokenUsage tokens = episode.Usage.Total.Tokens;
        activity.SetTag("gen_ai.usage.input_tokens", tokens.InputTokens);
        activity.SetTag("gen_ai.usage.output_tokens", tokens.OutputTokens);
        activity.SetTag("reflexion.stop_reason", episode.StopReason.ToString());
        activity.SetTag("reflexion.trials", episode.Trials.Length);
        if (episode.Failure is { } failure)
        {
            activity.SetTag("error.type", failure.Exception.GetType().FullName);
            activity.SetStatus(ActivityStatusCode.Error, failure.Message);
        }
    }
}
