using System.Text.Json.Serialization;

namespace Reflexion;

// The format follows from the public values; a golden file among the tests tells when a renamed property would change it.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(AnyTextConverter), typeof(TaskConverter), typeof(PromptConverter), typeof(EvaluationConverter), typeof(UsageReportConverter),
        typeof(LessonConverter),
    ])]
[JsonSerializable(typeof(EpisodeDocument))]
[JsonSerializable(typeof(EpisodeStart))]
[JsonSerializable(typeof(EpisodeEnd))]
[JsonSerializable(typeof(ModelCall))]
[JsonSerializable(typeof(ToolCall))]
[JsonSerializable(typeof(RecalledLessons))]
[JsonSerializable(typeof(TrialStart))]
[JsonSerializable(typeof(Observation))]
[JsonSerializable(typeof(TrajectoryStep))]
[JsonSerializable(typeof(ActorEnd))]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(HeldOutVerdict))]
[JsonSerializable(typeof(Draft))]
[JsonSerializable(typeof(LessonDecision))]
[JsonSerializable(typeof(TrialEnd))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(JournalFileHeader))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TaskSurrogate))]
[JsonSerializable(typeof(PromptPartSurrogate[]))]
[JsonSerializable(typeof(EvaluationSurrogate))]
[JsonSerializable(typeof(UsageSurrogate[]))]
[JsonSerializable(typeof(LessonJson))]
[JsonSerializable(typeof(FailureSurrogate))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;
