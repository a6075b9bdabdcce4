using System.Buffers;
using System.Text;

namespace Reflexion;

/// <summary>Snapshots as JSON lines: a versioned header, then lessons, uses and rejections in order, one a line. Lossless.</summary>
public static class MemorySnapshotJson
{
    private const string Source = "The snapshot";
    private const int ChunkBytes = 1 << 16;

    /// <summary>Writes a snapshot.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="cancellationToken">Ends the writing; what is written then cannot be read again.</param>
    public static async ValueTask WriteAsync(MemorySnapshot snapshot, Stream output, CancellationToken cancellationToken = default)
    {
        MemoryArguments.Check(snapshot);
        ArgumentNullException.ThrowIfNull(output);
        var buffer = new ArrayBufferWriter<byte>();
        MemoryLineFormat.Write(buffer, new MemoryHeader
        {
            Format = MemoryHeader.Snapshot,
            Version = MemoryHeader.CurrentVersion,
            Lessons = snapshot.Lessons.Length,
            Uses = snapshot.Uses.Length,
            Quarantined = snapshot.Quarantine.Length,
        });
        foreach (MemoryRecord record in RecordsOf(snapshot))
        {
            MemoryLineFormat.Write(buffer, record);
            if (buffer.WrittenCount >= ChunkBytes)
            {
                await DrainAsync(buffer, output, cancellationToken).ConfigureAwait(false);
            }
        }

        await DrainAsync(buffer, output, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a snapshot to the stream's end.</summary>
    /// <param name="input">Where from; it stays open.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="MemoryFormatException">It is cut short, damaged, of a newer version, or something else.</exception>
    public static async ValueTask<MemorySnapshot> ReadAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var reader = new StreamReader(input, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        string first = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? "";
        MemoryHeader header = MemoryLineFormat.ReadHeader(Encoding.UTF8.GetBytes(first), MemoryHeader.Snapshot, Source);
        var records = new List<MemoryRecord>();
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            records.Add(MemoryLineFormat.Read(Encoding.UTF8.GetBytes(line), Source, records.Count + 2));
        }

        var snapshot = new MemorySnapshot
        {
            Lessons = [.. records.OfType<LessonFiled>().Select(filed => filed.Lesson)],
            Uses = [.. records.OfType<UseRecorded>().Select(recorded => recorded.Use)],
            Quarantine = [.. records.OfType<RejectionFiled>().Select(filed => filed.Lesson)],
        };
        return (snapshot.Lessons.Length, snapshot.Uses.Length, snapshot.Quarantine.Length) == (header.Lessons, header.Uses, header.Quarantined)
            ? snapshot
            : throw new MemoryFormatException(
                Source,
                records.Count + 1,
                $"It ends after {snapshot.Lessons.Length} lessons, {snapshot.Uses.Length} uses and {snapshot.Quarantine.Length} rejections, and its header promises {header.Lessons}, {header.Uses} and {header.Quarantined}; it was cut or altered, so export it again.");
    }

    private static IEnumerable<MemoryRecord> RecordsOf(MemorySnapshot snapshot) =>
    [
        .. snapshot.Lessons.Select(lesson => new LessonFiled(lesson)),
        .. snapshot.Uses.Select(use => new UseRecorded(use)),
        .. snapshot.Quarantine.Select(rejected => new RejectionFiled(rejected)),
    ];

    private static async ValueTask DrainAsync(ArrayBufferWriter<byte> buffer, Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        buffer.ResetWrittenCount();
    }
}
