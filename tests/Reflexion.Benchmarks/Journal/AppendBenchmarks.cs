using BenchmarkDotNet.Attributes;
using Microsoft.Win32.SafeHandles;

namespace Reflexion.Benchmarks;

/// <summary>What keeping an entry costs, beside a bare write and flush of as many bytes.</summary>
[MemoryDiagnoser]
public class AppendBenchmarks
{
    private static readonly string Payload = $$"""{"text":"{{new string('x', 1_000)}}"}""";
    private static readonly byte[] Line = System.Text.Encoding.UTF8.GetBytes(Payload + new string(' ', 110));

    private string _folder = null!;
    private InMemoryEpisodeJournal _memory = null!;
    private FileEpisodeJournal _flushed = null!;
    private FileEpisodeJournal _unflushed = null!;
    private SafeFileHandle _bare = null!;
    private long _next;
    private long _length;

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("reflexion-").FullName;
        _memory = new InMemoryEpisodeJournal();
        _flushed = new FileEpisodeJournal(Path.Combine(_folder, "flushed"));
        _unflushed = new FileEpisodeJournal(Path.Combine(_folder, "unflushed"), new() { FlushToDisk = false });
        _bare = File.OpenHandle(Path.Combine(_folder, "bare"), FileMode.Create, FileAccess.Write);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _bare.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public void BareWriteAndFlush()
    {
        RandomAccess.Write(_bare, Line, _length);
        RandomAccess.FlushToDisk(_bare);
        _length += Line.Length;
    }

    [Benchmark]
    public ValueTask InMemory() => _memory.AppendAsync(Next());

    [Benchmark]
    public ValueTask FileUnflushed() => _unflushed.AppendAsync(Next());

    [Benchmark]
    public ValueTask FileFlushed() => _flushed.AppendAsync(Next());

    private JournalEntry Next() => new("episode", _next++, 1, JournalEntryKind.StepCompleted, DateTimeOffset.UnixEpoch, Payload);
}
