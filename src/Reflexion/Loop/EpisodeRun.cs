using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>The state of one running episode, handed to every component in its arguments.</summary>
/// <remarks>Thread-safe. A component made outside an episode (in a test, say) gets one with default limits from its context.</remarks>
public sealed class EpisodeRun
{
    /// <summary>Creates the state of a run.</summary>
    /// <param name="episodeId">The episode's id.</param>
    /// <param name="agentName">The agent's name.</param>
    /// <param name="ledger">What the run may spend; null for the default limits.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="seed">Seeds what is random in the run.</param>
    /// <param name="streams">Whether someone reads <see cref="ModelTextDelta"/> events, so that models should be asked to stream.</param>
    public EpisodeRun(
        string episodeId = "detached", string agentName = "reflexion", BudgetLedger? ledger = null, TimeProvider? time = null, int seed = 0, bool streams = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(episodeId);
        ArgumentException.ThrowIfNullOrWhiteSpace(agentName);
        EpisodeId = episodeId;
        AgentName = agentName;
        Ledger = ledger ?? new(new());
        Time = time ?? TimeProvider.System;
        Seed = seed;
        Streams = streams;
    }

    /// <summary>The episode's id.</summary>
    public string EpisodeId { get; }

    /// <summary>The agent's name.</summary>
    public string AgentName { get; }

    /// <summary>What the run may spend and has spent.</summary>
    public BudgetLedger Ledger { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Seeds what is random in the run.</summary>
    public int Seed { get; }

    /// <summary>Whether someone reads <see cref="ModelTextDelta"/> events.</summary>
    public bool Streams { get; }

    /// <summary>A seed for one use of what is random, so that a run can be repeated, and taken up in the middle: a call's <see cref="ChatOptions.Seed"/> for instance.</summary>
    /// <param name="task">The task at work on.</param>
    /// <param name="place">Where in the run it is, such as trial and step; other places have other seeds.</param>
    /// <returns>A number from 0 up that follows from the run's seed, the task's id and the place.</returns>
    public long SeedFor(AgentTask task, params IEnumerable<int> place)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(place);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Seed} {string.Join(' ', place)} {task.Id}")));
        return BinaryPrimitives.ReadInt64LittleEndian(hash) & long.MaxValue;
    }

    /// <summary>What writes the run down, and knows what an earlier run wrote.</summary>
    internal EpisodeRecorder Recorder { get; init; } = EpisodeRecorder.None;

    /// <summary>Whether this is the run of a held-out evaluator, which is charged to a ledger of its own.</summary>
    internal bool IsHeldOut { get; init; }

    /// <summary>Puts the run's budget and telemetry around a model: each call is reserved before it is made, and counted.</summary>
    /// <param name="client">The model. It is not disposed with the result.</param>
    /// <param name="component">Who calls it.</param>
    /// <returns>
    /// A client that throws <see cref="BudgetExhaustedException"/> in place of a call the budget does not cover. With a journal it
    /// records every reply, and returns what an earlier run of the episode recorded in place of asking again.
    /// </returns>
    public IChatClient Meter(IChatClient client, AgentComponent component)
    {
        ArgumentNullException.ThrowIfNull(client);
        var metered = new MeteredChatClient(client, Ledger, component, Time);
        return Recorder.IsOn ? new JournaledChatClient(metered, this, component) : metered;
    }

    /// <summary>
    /// Says that what an earlier run recorded of this trial cannot be taken up, since the actor's world cannot be brought to where it
    /// was. Call it before the first event and the first model call of a trial. Where something was recorded, it counts as spent, and the trial starts again.
    /// </summary>
    /// <param name="reason">Why, for a human reader.</param>
    /// <param name="cancellationToken">Looked at before anything is done.</param>
    /// <exception cref="JournalException">The journal failed.</exception>
    public ValueTask RestartTrialAsync(string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        cancellationToken.ThrowIfCancellationRequested();
        return Recorder.HasActing ? Recorder.RestartAsync(reason) : ValueTask.CompletedTask;
    }
}
