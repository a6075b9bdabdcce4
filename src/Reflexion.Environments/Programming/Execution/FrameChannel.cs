using System.Buffers.Binary;

namespace Reflexion.Environments;

/// <summary>Frames to and from one sandboxed process: four bytes of length (big endian), one of kind, and a body.</summary>
internal sealed class FrameChannel(ISandboxedProcess process) : IAsyncDisposable
{
    /// <summary>The longest frame that is read, in bytes. A longer one ends the conversation.</summary>
    internal const int MaxFrameBytes = (8 << 20) + 1;

    private const int HeadBytes = 5;
    private readonly byte[] _head = new byte[HeadBytes];

    /// <summary>Sends a frame.</summary>
    /// <returns>False where the process takes none any more.</returns>
    internal async ValueTask<bool> SendAsync(Frame frame, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[HeadBytes + frame.Body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, frame.Body.Length + 1);
        bytes[HeadBytes - 1] = frame.Kind;
        frame.Body.CopyTo(bytes.AsMemory(HeadBytes));
        try
        {
            await process.Input.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            await process.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Waits for a frame.</summary>
    /// <returns>The frame; null where the process has closed its output, or writes what is none.</returns>
    internal async ValueTask<Frame?> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await process.Output.ReadExactlyAsync(_head, cancellationToken).ConfigureAwait(false);
            int length = BinaryPrimitives.ReadInt32BigEndian(_head);
            if (length is < 1 or > MaxFrameBytes)
            {
                return null;
            }

            byte[] body = new byte[length - 1];
            await process.Output.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
            return new(_head[HeadBytes - 1], body);
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>How the process ended.</summary>
    internal ValueTask<SandboxExit> WaitAsync(CancellationToken cancellationToken) => process.WaitAsync(cancellationToken);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
