namespace Reflexion;

/// <summary>Another process kept a memory file locked for longer than <see cref="FileMemoryOptions.LockTimeout"/>. Nothing was written.</summary>
/// <param name="path">The memory file.</param>
/// <param name="timeout">How long was waited.</param>
public sealed class MemoryLockTimeoutException(string path, TimeSpan timeout)
    : TimeoutException($"Another process has kept {path} locked for {timeout.TotalSeconds:0.###} s. See which process holds {path}.lock, or raise {nameof(FileMemoryOptions)}.{nameof(FileMemoryOptions.LockTimeout)}.")
{
    /// <summary>The memory file.</summary>
    public string Path { get; } = path;
}
