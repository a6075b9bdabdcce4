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
[JsonSerializable(typeof(ExperimentDocument))]
[JsonSerializable(typeof(TaskSurrogate))]
[JsonSerializable(typeof(PromptPartSurrogate[]))]
[JsonSerializable(typeof(EvaluationSurrogate))]
[JsonSerializable(typeof(UsageSurrogate[]))]
[JsonSerializable(typeof(LessonJson))]
[JsonSerializable(typeof(FailureSurrogate))]
internal sealed partial class ExperimentJsonContext : JsonSerializerContext;
