using System.Buffers;
using System.Text;

namespace Reflexion;

/// <summary>What a memory keeps, as it stands in a column: the very lines of the memory's file format.</summary>
internal static class SqlLines
{
    public static string Of(MemoryRecord record)
    {
        var line = new ArrayBufferWriter<byte>();
        MemoryLineFormat.Write(line, record);
        return Encoding.UTF8.GetString(line.WrittenSpan[..^1]);
    }

    /// <summary>A lesson without what has columns of its own.</summary>
    public static string Of(Lesson lesson) =>
        Of(new LessonFiled(lesson with { Credit = default, State = LessonState.Candidate, Embedding = null }));

    public static T Read<T>(string line, string table, long row)
        where T : MemoryRecord =>
        MemoryLineFormat.Read(Encoding.UTF8.GetBytes(line), $"Table {table}", row) as T
            ?? throw new MemoryFormatException($"Table {table}", row, $"The row is no {typeof(T).Name}.");
}
