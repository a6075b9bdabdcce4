using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Reflexion;

/// <summary>Records as lines of JSON, one each, and back.</summary>
internal static class MemoryLineFormat
{
    // The lines go into no HTML page, so only what JSON itself forbids is escaped.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, MemoryHeader header) =>
        Write(output, header, MemoryJsonContext.Default.MemoryHeader);

    public static void Write(IBufferWriter<byte> output, MemoryRecord record) =>
        Write(output, LineOf(record), MemoryJsonContext.Default.MemoryLine);

    /// <summary>Reads the first line.</summary>
    /// <exception cref="MemoryFormatException">It is no header of the format, or of a newer version.</exception>
    public static MemoryHeader ReadHeader(ReadOnlySpan<byte> line, string format, string source)
    {
        MemoryHeader? header;
        try
        {
            header = JsonSerializer.Deserialize(line, MemoryJsonContext.Default.MemoryHeader);
        }
        catch (JsonException e)
        {
            throw new MemoryFormatException(source, 1, $"This is no {format} file: its first line is no header.", e);
        }

        if (header?.Format != format)
        {
            throw new MemoryFormatException(source, 1, $"This is no {format} file: its first line names the format '{header?.Format}'.");
        }

        return header.Version is >= 1 and <= MemoryHeader.CurrentVersion
            ? header
            : throw new MemoryFormatException(
                source, 1, $"The file is of version {header.Version}, and this release reads versions 1 to {MemoryHeader.CurrentVersion}; use a newer release of Reflexion.");
    }

    /// <summary>Reads a line that is not the first.</summary>
    /// <exception cref="MemoryFormatException">It is no record.</exception>
    public static MemoryRecord Read(ReadOnlySpan<byte> line, string source, long lineNumber)
    {
        try
        {
            return RecordOf(JsonSerializer.Deserialize(line, MemoryJsonContext.Default.MemoryLine) ?? throw new JsonException("It is null."));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new MemoryFormatException(
                source, lineNumber, $"The line is damaged ({e.Message}). Everything before it is readable; restore the line, or cut the file there.", e);
        }
        catch (NotSupportedException e)
        {
            throw new MemoryFormatException(source, lineNumber, $"{e.Message} A newer release of Reflexion may have written it; use that one.", e);
        }
    }

    private static void Write<T>(IBufferWriter<byte> output, T value, JsonTypeInfo<T> type)
    {
        using (var json = new Utf8JsonWriter(output, Writing))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        output.Write("\n"u8);
    }

    private static MemoryLine LineOf(MemoryRecord record) => record switch
    {
        LessonFiled filed => new() { Kind = "lesson", Lesson = LessonJson.Of(filed.Lesson), Rank = filed.Rank },
        LessonForgotten forgotten => new() { Kind = "forgotten", Id = forgotten.Id, Cause = forgotten.Cause },
        LessonMoved moved => new() { Kind = "moved", Id = moved.Id, State = moved.State },
        UseRecorded recorded => new() { Kind = "use", Use = recorded.Use, Credited = recorded.Credited },
        RejectionFiled { Lesson: var rejected } => new() { Kind = "rejected", Rejected = new(LessonJson.Of(rejected.Lesson), rejected.Reason, rejected.At) },
        UsesDropped dropped => new() { Kind = "uses-dropped", Count = dropped.Count },
        RejectionsDropped dropped => new() { Kind = "rejections-dropped", Count = dropped.Count },
        _ => throw new InvalidOperationException($"A memory has no records of type {record.GetType().Name}."),
    };

    private static MemoryRecord RecordOf(MemoryLine line) => line.Kind switch
    {
        "lesson" => new LessonFiled(Part(line.Lesson, "lesson").ToLesson(), line.Rank),
        "forgotten" => new LessonForgotten(Part(line.Id, "id"), line.Cause ?? ForgetCause.Evicted),
        "moved" => new LessonMoved(Part(line.Id, "id"), line.State is { } state && Enum.IsDefined(state) ? state : throw new ArgumentException("It has no known state.")),
        "use" => new UseRecorded(Checked(Part(line.Use, "use")), line.Credited),
        "rejected" => new RejectionFiled(RejectionOf(Part(line.Rejected, "rejected"))),
        "uses-dropped" => new UsesDropped(CountOf(line)),
        "rejections-dropped" => new RejectionsDropped(CountOf(line)),
        _ => throw new NotSupportedException($"The line is of the unknown kind '{line.Kind}'."),
    };

    private static T Part<T>(T? part, string name)
        where T : class => part ?? throw new ArgumentException($"It has no {name}.");

    private static int CountOf(MemoryLine line) =>
        line.Count is >= 0 and { } count ? count : throw new ArgumentException("It has no count.");

    private static LessonUse Checked(LessonUse use)
    {
        MemoryArguments.Check(use);
        return use;
    }

    private static QuarantinedLesson RejectionOf(RejectionJson rejected) =>
        new(Part(rejected.Lesson, "lesson").ToLesson(), Part(rejected.Reason, "reason"), rejected.At);
}
