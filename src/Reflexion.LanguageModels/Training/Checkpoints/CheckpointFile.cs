using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>
/// The state of a training in one file: the mark <c>RFXTRAIN</c>, the header's length (4 bytes), the header (JSON), parameters, first and second
/// moments (little-endian binary32), and the SHA-256 of all that.
/// </summary>
internal static class CheckpointFile
{
    private const int MostHeaderBytes = 1 << 20;

    private static ReadOnlySpan<byte> Mark => "RFXTRAIN"u8;

    private static int PreambleBytes => Mark.Length + sizeof(int);

    public static Task WriteAsync(string path, TrainingEngine<float> engine, string training, CancellationToken cancellationToken)
    {
        var header = new CheckpointHeader(CheckpointHeader.CurrentVersion, engine.Optimizer.Step, engine.Passes, engine.Parameters.Length, training);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header, CheckpointJson.Default.CheckpointHeader);
        return AtomicFile.WriteAsync(path, WriteToAsync, cancellationToken);

        async Task WriteToAsync(Stream stream, CancellationToken token)
        {
            var preamble = new byte[PreambleBytes];
            Mark.CopyTo(preamble);
            BinaryPrimitives.WriteInt32LittleEndian(preamble.AsSpan(Mark.Length), json.Length);
            using var writer = new HashingWriter(stream);
            await writer.WriteAsync(preamble, token).ConfigureAwait(false);
            await writer.WriteAsync(json, token).ConfigureAwait(false);
            foreach (ParameterBlock<float> block in Blocks(engine))
            {
                await writer.WriteAsync(block, token).ConfigureAwait(false);
            }

            await stream.WriteAsync(writer.Finish(), token).ConfigureAwait(false);
        }
    }

    /// <summary>Takes over a state. Nothing is changed unless the whole file is in order.</summary>
    public static async Task ReadAsync(string path, TrainingEngine<float> engine, string training, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (stream.ConfigureAwait(false))
        {
            (CheckpointHeader header, long start) = await ReadHeaderAsync(path, stream, cancellationToken).ConfigureAwait(false);
            CheckHeader(path, header, engine.Parameters.Length, training);
            await CheckHashAsync(path, stream, start + (3 * sizeof(float) * header.Length), cancellationToken).ConfigureAwait(false);
            stream.Position = start;
            foreach (ParameterBlock<float> block in Blocks(engine))
            {
                // Half a state is worse than a late cancellation.
                await HashingWriter.ReadAsync(stream, block, CancellationToken.None).ConfigureAwait(false);
            }

            engine.Optimizer.Step = header.Step;
            engine.Passes = header.Passes;
        }
    }

    private static ParameterBlock<float>[] Blocks(TrainingEngine<float> engine) => [engine.Parameters, engine.Optimizer.First, engine.Optimizer.Second];

    private static async Task<(CheckpointHeader Header, long Start)> ReadHeaderAsync(string path, FileStream stream, CancellationToken cancellationToken)
    {
        var preamble = new byte[PreambleBytes];
        if (await stream.ReadAtLeastAsync(preamble, preamble.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < preamble.Length
            || !preamble.AsSpan().StartsWith(Mark))
        {
            throw new CheckpointException(path, "this is no checkpoint of a training; give a file that SaveCheckpointAsync wrote.");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(preamble.AsSpan(Mark.Length));
        if (length is < 2 or > MostHeaderBytes || length > stream.Length - stream.Position)
        {
            throw Damaged(path);
        }

        var json = new byte[length];
        await stream.ReadExactlyAsync(json, cancellationToken).ConfigureAwait(false);
        try
        {
            CheckpointHeader header = JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointHeader) ?? throw Damaged(path);
            return (header, PreambleBytes + length);
        }
        catch (JsonException exception)
        {
            throw Damaged(path, exception);
        }
    }

    private static void CheckHeader(string path, CheckpointHeader header, long length, string training)
    {
        if (header.Version != CheckpointHeader.CurrentVersion)
        {
            throw new CheckpointException(path, $"the checkpoint has version {header.Version}, and this program reads {CheckpointHeader.CurrentVersion}; use the program that wrote it.");
        }

        if (header.Training != training || header.Length != length)
        {
            throw new CheckpointException(
                path, $"the checkpoint belongs to another training. It was written by [{header.Training}], and this is [{training}]; resume with the same model, adapter shape, options and data.");
        }
    }

    private static async Task CheckHashAsync(string path, FileStream stream, long end, CancellationToken cancellationToken)
    {
        if (stream.Length != end + SHA256.HashSizeInBytes)
        {
            throw Damaged(path);
        }

        byte[] hash = await HashingWriter.HashAsync(stream, end, cancellationToken).ConfigureAwait(false);
        var expected = new byte[SHA256.HashSizeInBytes];
        await stream.ReadExactlyAsync(expected, cancellationToken).ConfigureAwait(false);
        if (!hash.AsSpan().SequenceEqual(expected))
        {
            throw Damaged(path);
        }
    }

    private static CheckpointException Damaged(string path, Exception? inner = null) =>
        new(path, "the checkpoint is damaged or cut short; resume from an earlier one.", inner);
}
