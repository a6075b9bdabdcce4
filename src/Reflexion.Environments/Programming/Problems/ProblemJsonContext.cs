using System.Text.Json.Serialization;

namespace Reflexion.Environments;

/// <summary>How the files of problems are read, without reflection.</summary>
[JsonSerializable(typeof(ProblemLine))]
[JsonSerializable(typeof(BuiltInSet))]
internal sealed partial class ProblemJsonContext : JsonSerializerContext;
