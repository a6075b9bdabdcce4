using System.Runtime.CompilerServices;

namespace Reflexion;

/// <summary>Records what an actor does in one trial. Where an earlier run did, the actor is driven along what is recorded, or not at all.</summary>
internal sealed class JournaledActor(IActor actor, EpisodeRecorder recorder, Func<TimeSpan> elapsed) : IActor
{
    /// <summary>How long the actor took; null until it has ended.</summary>
    internal TimeSpan? Duration { get; private set; }

    public ActorPrompt CreatePrompt(AgentTask task) => actor.CreatePrompt(task);

    public async IAsyncEnumerable<AgentEvent> ActAsync(ActorContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (recorder.Take(JournalEntryKind.ActorFinished, JournalPayload.Context.ActorEnd) is { } recorded)
        {
            Duration = recorded.Duration;
            foreach (AgentEvent step in recorder.TakeSteps())
            {
                yield return step;
            }

            yield return new ActorFinished(recorded.End, recorded.Answer, recorded.Detail);
            yield break;
        }

        for (bool again = true; again;)
        {
            again = false;
            IAsyncEnumerator<AgentEvent> acting = actor.ActAsync(context, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using ConfiguredAsyncDisposable _ = acting.ConfigureAwait(false);
            while (!again && await acting.MoveNextAsync().ConfigureAwait(false))
            {
                again = await DiffersAsync(acting.Current).ConfigureAwait(false);
                if (recorder.TakeRestart() is { } reason)
                {
                    yield return new TrialRestarted(context.Trial, reason);
                }

                if (!again)
                {
                    await CompleteAsync(acting.Current as ActorFinished).ConfigureAwait(false);
                    yield return acting.Current;
                }
            }
        }
    }

    private async ValueTask<bool> DiffersAsync(AgentEvent happened)
    {
        if (await recorder.ObserveAsync(happened).ConfigureAwait(false) is not { } difference)
        {
            return false;
        }

        await recorder.RestartAsync(difference).ConfigureAwait(false);
        return true;
    }

    private async ValueTask CompleteAsync(ActorFinished? finished)
    {
        if (finished is not null)
        {
            Duration = elapsed();
            var end = new ActorEnd(finished.End, finished.Answer, finished.Detail, Duration.Value);
            await recorder.CompleteAsync(JournalEntryKind.ActorFinished, end, JournalPayload.Context.ActorEnd).ConfigureAwait(false);
        }
    }
}
