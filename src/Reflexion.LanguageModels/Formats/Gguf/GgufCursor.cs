using System.Runtime.CompilerServices;
using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Reads values one after another, never beyond the end.</summary>
internal sealed unsafe class GgufCursor(string source, byte* start, long length)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Source { get; } = source;

    public long Position { get; private set; }

    public long Remaining => length - Position;

    /// <param name="what">What is read, for errors.</param>
    public T Read<T>(string what)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(Take(sizeof(T), what));

    /// <summary>A count of things of which each takes some bytes, and so cannot be more than there is room for.</summary>
    public int ReadCount(string what, long limit, int bytesEach)
    {
        long at = Position;
        ulong count = Read<ulong>(what);
        if (count > (ulong)limit)
        {
            throw Wrong(at, $"{count} {what} are claimed, more than the {limit} that are accepted");
        }

        return count <= (ulong)(Remaining / bytesEach)
            ? (int)count
            : throw Wrong(at, $"{count} {what} are claimed, but only {Remaining} bytes follow");
    }

    public T[] ReadAll<T>(int count, string what)
        where T : unmanaged
    {
        byte* from = Take((long)count * sizeof(T), what);
        var values = new T[count];
        fixed (T* to = values)
        {
            Unsafe.CopyBlockUnaligned(to, from, (uint)(count * sizeof(T)));
        }

        return values;
    }

    /// <summary>A text; bytes that are not UTF-8 become U+FFFD, as they occur in names of authors.</summary>
    public string ReadText(string what) => Encoding.UTF8.GetString(ReadBytes(what, GgufLimits.StringBytes));

    /// <summary>A name, which must be UTF-8 and not empty, so that no two names are read as one.</summary>
    public string ReadName(string what, int limit)
    {
        long at = Position;
        try
        {
            string name = Strict.GetString(ReadBytes(what, limit));
            return name.Length > 0 ? name : throw Wrong(at, $"a name is empty ({what})");
        }
        catch (DecoderFallbackException wrong)
        {
            throw Wrong(at, $"a name is not UTF-8 ({what})", wrong);
        }
    }

    public ModelFormatException Wrong(long at, string problem, Exception? innerException = null) =>
        new(Source, $"at byte {at}, {problem}. The file is damaged; download it again.", innerException);

    private ReadOnlySpan<byte> ReadBytes(string what, int limit)
    {
        int count = ReadCount($"bytes of {what}", limit, 1);
        return new(Take(count, what), count);
    }

    private byte* Take(long bytes, string what)
    {
        if (bytes > Remaining)
        {
            throw Wrong(Position, $"the file ends within {what}: {bytes} bytes are needed, {Remaining} are left");
        }

        byte* at = start + Position;
        Position += bytes;
        return at;
    }
}
