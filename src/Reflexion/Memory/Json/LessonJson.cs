using System.Collections.Immutable;

namespace Reflexion;

/// <summary>A lesson as it is written.</summary>
internal sealed record LessonJson(
    string Id,
    string Tenant,
    string Agent,
    string Task,
    string Text,
    string? RootCause,
    string? Plan,
    TextIntegrity Integrity,
    ImmutableArray<LessonProvenance> Provenances,
    LessonCredit? Credit,
    LessonState? State,
    EmbeddingJson? Embedding)
{
    public static LessonJson Of(Lesson lesson) => new(
        lesson.Id,
        lesson.Scope.Tenant,
        lesson.Scope.Agent,
        lesson.Scope.TaskId,
        lesson.Text,
        lesson.RootCause,
        lesson.Plan,
        lesson.Integrity,
        lesson.Provenances,
        lesson.Credit == default ? null : lesson.Credit,
        lesson.State == LessonState.Candidate ? null : lesson.State,
        EmbeddingJson.Of(lesson.Embedding));

    /// <summary>The lesson.</summary>
    /// <exception cref="ArgumentException">It contradicts itself.</exception>
    public Lesson ToLesson()
    {
        // A part that the line leaves out is null here, whatever its type says.
        if (Tenant is null || Agent is null || Task is null || Text is null)
        {
            throw new ArgumentException("The lesson has no tenant, agent, task or text.");
        }

        if (Provenances.IsDefaultOrEmpty || Provenances.Any(provenance => provenance?.EpisodeId is null))
        {
            throw new ArgumentException("The lesson has no provenance, or one without an episode.");
        }

        var lesson = new Lesson(new(Tenant, Agent, Task), Text, Provenances[0])
        {
            RootCause = RootCause,
            Plan = Plan,
            Integrity = Integrity,
            Provenances = Provenances,
            Credit = Credit ?? default,
            State = State ?? LessonState.Candidate,
            Embedding = Embedding?.ToEmbedding(),
        };
        MemoryArguments.Check(lesson);
        return lesson.Id == Id
            ? lesson
            : throw new ArgumentException($"The lesson's id is {Id}, and {lesson.Id} follows from its scope and text; one of them was altered.");
    }
}
