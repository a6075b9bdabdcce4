using Reflexion.Testing;

namespace Reflexion.Tests;

/// <summary>The real self-reflector, with a model for each task that writes the reflections recorded of it.</summary>
internal sealed class RecordedReflector(RecordedRun run) : ISelfReflector
{
    private readonly Dictionary<string, LlmSelfReflector> _byTask = run.Episodes.ToDictionary(
        episode => episode.Id,
        episode => new LlmSelfReflector(
            new ScriptedChatClient([.. episode.Lines.Zip(episode.Lines.Skip(1), Learnt)]) { ModelId = run.Model, KeepsRequests = false },
            new() { Format = ReflectorFormat.Plain }));

    public ValueTask<LessonDraft?> ReflectAsync(ReflectionContext context, CancellationToken cancellationToken) =>
        _byTask[context.Task.Id].ReflectAsync(context, cancellationToken);

    private static string Learnt(RecordedLine before, RecordedLine after) =>
        string.Join("\n", before.ReflectionsAdded.Concat(after.Reflections.Except(before.Reflections)));
}
