using Microsoft.Win32.SafeHandles;

namespace Reflexion;

/// <summary>A lock that one holder among all processes has. The operating system frees it when the holder dies.</summary>
/// <remarks>
/// A file opened for nobody else: a share mode on Windows, an advisory flock elsewhere. Who wants the lock first passes a
/// turnstile and stands in it until the lock is free, so a holder that comes again at once queues behind those who wait.
/// The files are never deleted: a process that still has a deleted one open would believe that it holds the lock.
/// </remarks>
internal sealed class CrossProcessLock(string path, TimeSpan timeout, TimeProvider time, Func<string, TimeSpan, Exception> timedOut)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(1);

    // Only one waiter at a time stands before the lock itself, so it may look often; the turnstile may have many before it.
    private static readonly TimeSpan LongestDelayAtLock = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestDelayAtTurnstile = TimeSpan.FromMilliseconds(16);

    /// <summary>Waits for the lock.</summary>
    /// <returns>The lock; disposing frees it.</returns>
    /// <exception cref="Exception">It did not become free in time; the exception is the caller's.</exception>
    public async ValueTask<SafeFileHandle> AcquireAsync()
    {
        long start = time.GetTimestamp();
        using SafeFileHandle turnstile = await OpenAsync(path + ".lock.next", LongestDelayAtTurnstile, start).ConfigureAwait(false);
        return await OpenAsync(path + ".lock", LongestDelayAtLock, start).ConfigureAwait(false);
    }

    private async ValueTask<SafeFileHandle> OpenAsync(string name, TimeSpan longestDelay, long start)
    {
        for (TimeSpan delay = FirstDelay; ; delay = delay * 2 > longestDelay ? longestDelay : delay * 2)
        {
            if (TryOpen(name) is { } handle)
            {
                return handle;
            }

            if (time.GetElapsedTime(start) >= timeout)
            {
                throw timedOut(path, timeout);
            }

            await Task.Delay(delay, time, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static SafeFileHandle? TryOpen(string name)
    {
        try
        {
            return File.OpenHandle(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e.HResult))
        {
            return null;
        }
    }

    // EAGAIN of Linux, of macOS and the BSDs; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
    private static bool IsHeld(int code) => code is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
