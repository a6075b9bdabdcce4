using System.Text.Json;
using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>What the scenarios share.</summary>
internal static class Scenario
{
    internal const string Hopeless = "Thought: It is locked.\nAction: Finish[no way out]";
    internal const string TryDoor = "Thought: Doors open.\nAction: Open[door]";
    internal const string TakeKey = "Thought: I learnt to take the key.\nAction: Take[key]";
    internal const string Insight = """{"root_cause":"I had no key.","plan":"Take the key, then open the door.","lesson":"The door needs the key: take it first."}""";

    /// <summary>A model that gives up on the door, reflects, takes the key and leaves.</summary>
    internal static ScriptedChatClient RoomModel() => new(TryDoor, Hopeless, Insight, TakeKey, TryDoor);

    /// <summary>An agent that tries to leave the locked room.</summary>
    internal static ReflexionAgentBuilder RoomAgent(Microsoft.Extensions.AI.IChatClient model, TimeProvider? time = null) => ReflexionAgent.CreateBuilder(model)
        .UseActor(context => new ReActActor(context.ChatClientOf(AgentComponent.Actor), _ => new LockedRoom()))
        .UseEvaluator(new EnvironmentRewardEvaluator())
        .UseTimeProvider(time ?? new FakeTime())
        .UseEpisodeIds(() => "e1");

    /// <summary>The whole episode as text, for comparing two to the last bit.</summary>
    internal static string Text(Episode episode) => JsonSerializer.Serialize(episode with { Failure = null })
        + episode.Failure?.Component + episode.Failure?.Message + episode.Failure?.Exception.GetType();

    /// <summary>Every lesson stands once and every use refers to lessons that exist.</summary>
    internal static void ShouldBeConsistent(this MemorySnapshot snapshot)
    {
        snapshot.Lessons.Select(lesson => lesson.Id).Should().OnlyHaveUniqueItems();
        snapshot.Uses.Select(use => (use.EpisodeId, use.Trial)).Should().OnlyHaveUniqueItems();
        snapshot.Uses.SelectMany(use => use.LessonIds).Except(snapshot.Lessons.Select(lesson => lesson.Id)).Should().BeEmpty();
        foreach (Lesson lesson in snapshot.Lessons)
        {
            LessonUse[] uses = [.. snapshot.Uses.Where(use => use.LessonIds.Contains(lesson.Id))];
            lesson.Provenances.Select(provenance => (provenance.EpisodeId, provenance.Trial)).Should().OnlyHaveUniqueItems();
            lesson.Credit.Uses.Should().Be(uses.Length);
            lesson.Credit.CreditedUses.Should().Be(uses.Count(use => use.DeltaG is not null));
            lesson.Credit.TotalDelta.Should().BeApproximately(uses.Sum(use => use.DeltaG ?? 0), 1e-9);
        }
    }
}
