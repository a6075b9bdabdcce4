namespace Reflexion;

/// <summary>The database of a memory could not do what was asked. The call left nothing half-written.</summary>
public sealed class MemoryStoreException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="message">What was wrong and what to do.</param>
    /// <param name="innerException">What the driver said, or null.</param>
    public MemoryStoreException(MemoryStoreFault fault, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
    }

    /// <summary>What went wrong.</summary>
    public MemoryStoreFault Fault { get; }

    internal static MemoryStoreException Of(MemoryStoreFault fault, string database, Exception cause) => new(
        fault,
        fault switch
        {
            MemoryStoreFault.Busy => $"{database} stayed locked by others for longer than a call may wait: {cause.Message} Nothing was written. See who holds it, or raise the options' {nameof(SqlMemoryOptions.LockTimeout)}.",
            MemoryStoreFault.Full => $"{database} has no room left on its disk: {cause.Message} Nothing was written. Make room and repeat the call.",
            MemoryStoreFault.Damaged => $"{database} is damaged, or no database: {cause.Message} It is left as it is; restore it from a backup, or choose another one.",
            _ => $"{database} cannot be reached, also when tried again: {cause.Message} Repeat the call when it is back; what had been written already is not written twice.",
        },
        cause);
}
