using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Collects from an episode's entries how the prompts of its trials came about.</summary>
internal sealed class RewriteHistory(JournalEntry first)
{
    private readonly EpisodeStart _start = JournalPayload.ReadStart(first);
    private readonly ImmutableArray<RecordedRewrite>.Builder _rewrites = ImmutableArray.CreateBuilder<RecordedRewrite>();
    private readonly List<ChatResponse> _replies = [];
    private ImmutableArray<Trial> _trials = [];
    private ImmutableArray<Lesson> _lessons = [];

    internal ImmutableArray<RecordedRewrite> ToRewrites() => _rewrites.ToImmutable();

    internal void Add(JournalEntry entry)
    {
        switch (entry.Kind)
        {
            case JournalEntryKind.LessonsRecalled:
                _lessons = JournalPayload.Read(entry, JournalPayload.Context.RecalledLessons).Lessons;
                break;
            case JournalEntryKind.ModelCalled:
                AddReply(JournalPayload.Read(entry, JournalPayload.Context.ModelCall));
                break;
            case JournalEntryKind.TrialEnded:
                AddTrial(JournalPayload.Read(entry, JournalPayload.Context.TrialEnd).Trial);
                break;
        }
    }

    private void AddReply(ModelCall call)
    {
        if (call is { Component: AgentComponent.RetrospectiveModel, Response: { } response })
        {
            _replies.Add(RecordedResponse.Read(response, call.ArgumentFaults));
        }
    }

    private void AddTrial(Trial trial)
    {
        _rewrites.Add(new() { EpisodeId = first.EpisodeId, Context = ContextOf(trial), Replies = [.. _replies], Trial = trial });

        // What measured the agent was never shown to it.
        _trials = _trials.Add(trial with { HeldOutEvaluation = null });
        _lessons = [];
        _replies.Clear();
    }

    private RetrospectiveContext ContextOf(Trial trial) => new()
    {
        Task = _start.Task,
        BasePrompt = new(trial.Prompt.Parts.Where(part => part.Kind < PromptPartKind.LastAttempt)),
        Lessons = _lessons,
        Trials = _trials,
        Run = new(first.EpisodeId, _start.Agent, seed: _start.Seed),
    };
}
