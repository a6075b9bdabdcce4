using System.Buffers.Binary;
using System.Text.Json;

namespace Reflexion.Harness;

/// <summary>Frames to and from the host: four bytes of length (big endian), one of kind, and JSON.</summary>
internal static class Frames
{
    private const int MaxBytes = 8 << 20;
    private static readonly Stream Input = Console.OpenStandardInput();
    private static readonly Stream Output = Console.OpenStandardOutput();

    internal static void Send(char kind, Action<Utf8JsonWriter> write)
    {
        using var body = new MemoryStream();
        body.SetLength(5);
        body.Position = 5;
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        if (body.Length - 5 >= MaxBytes)
        {
            throw new InvalidOperationException($"the value is too large to be passed on ({body.Length} bytes)");
        }

        byte[] bytes = body.GetBuffer();
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)body.Length - 4);
        bytes[4] = (byte)kind;
        Output.Write(bytes, 0, (int)body.Length);
        Output.Flush();
    }

    /// <summary>Waits for a frame. Where the host has gone there is nothing left to do.</summary>
    internal static (char Kind, byte[] Body) Receive()
    {
        byte[] head = Read(5);
        return ((char)head[4], Read(BinaryPrimitives.ReadInt32BigEndian(head) - 1));
    }

    private static byte[] Read(int count)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count;)
        {
            int read = Input.Read(bytes, at, count - at);
            if (read == 0)
            {
                Environment.Exit(0);
            }

            at += read;
        }

        return bytes;
    }
}
