namespace Reflexion;

/// <summary>A call that waits for the file of a memory, and what it wants done.</summary>
/// <param name="action">What to do, or null only to catch up with what other processes wrote.</param>
/// <param name="compacts">Whether the file is to be compacted.</param>
internal sealed class PendingWrite(Func<MemoryClerk, DateTimeOffset, Lesson?>? action, bool compacts = false) : PendingCall<Lesson?>
{
    private Lesson? _result;

    public bool Compacts { get; } = compacts;

    /// <summary>Whether it may write something.</summary>
    public bool Writes => action is not null;

    public void Decide(MemoryClerk clerk, DateTimeOffset now) => _result = action?.Invoke(clerk, now);

    public void Complete() => Complete(_result);
}
