namespace Reflexion.Tests;

// Breaking these rules is what the types are for.
#pragma warning disable CA1068, CA1710, CA1822, CA2211

/// <summary>Types that break one convention each, and some that break none.</summary>
public static class Broken
{
    public sealed class Memory;

    public sealed class Failure : Exception;

    public class OpenException : Exception;

    public class Open;

    public static class MutableProperty
    {
        public static int Value { get; set; }
    }

    public sealed class MutableField
    {
        public static int Value = 1;
    }

    public abstract class Uncancellable
    {
        public abstract Task WorkAsync(int amount);
    }

    public abstract class CancellationFirst
    {
        public abstract ValueTask<int> WorkAsync(CancellationToken cancellationToken, int amount);
    }

    public abstract class UncancellableStream
    {
        protected abstract IAsyncEnumerable<int> StreamAsync();
    }

    public class FamilyException : Exception;

    public sealed class SoundException : FamilyException;

    public sealed class Sound : IAsyncDisposable
    {
        public const int Limit = 3;
        public static readonly Sound Default = new();

        public static int Count { get; private set; }

        public Task WorkAsync(int amount, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
