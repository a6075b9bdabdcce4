namespace Reflexion;

/// <summary>The database of a memory or a journal could not do what was asked. The call left nothing half-written.</summary>
public sealed class StoreException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fault">What went wrong.</param>
    /// <param name="message">What was wrong and what to do.</param>
    /// <param name="innerException">What the driver said, or null.</param>
    public StoreException(StoreFault fault, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Fault = fault;
    }

    /// <summary>What went wrong.</summary>
    public StoreFault Fault { get; }

    internal static StoreException Of(StoreFault fault, string database, Exception cause) => new(
        fault,
        fault switch
        {
            StoreFault.Busy => $"{database} stayed locked by others for longer than a call may wait: {cause.Message} Nothing was written. See who holds it, or raise the options' {nameof(SqlMemoryOptions.LockTimeout)}.",
            StoreFault.Full => $"{database} has no room left on its disk: {cause.Message} Nothing was written. Make room and repeat the call.",
            StoreFault.Damaged => $"{database} is damaged, or no database: {cause.Message} It is left as it is; restore it from a backup, or choose another one.",
            _ => $"{database} cannot be reached, also when tried again: {cause.Message} Repeat the call when it is back; what had been written already is not written twice.",
        },
        cause);
}
