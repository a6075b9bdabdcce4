using Microsoft.Extensions.AI;

namespace Reflexion.Testing;

/// <summary>Recorded model calls in a file, to be replayed in tests without a model.</summary>
/// <remarks>
/// The file holds JSON lines: a header with the format's name and version, then one line a call. Lines are only ever added,
/// each by one write handed to the operating system before the call returns, so that a process killed at any instant loses at
/// most the calls in flight; a torn last line is passed over, and cut off before the next one is written.
/// <para>
/// What is written of a request is what decides the answer: messages (bytes as a digest, ids of calls as numbers) and
/// the model, sampling, format and tool options. Additional properties, raw representations and factories are never written.
/// Texts go through the redaction first, also those that are compared, so give the same redaction when replaying.
/// </para>
/// <para>
/// Requests are matched by content, not by place: equal ones are answered in the order of recording, different ones in any
/// order, so concurrent code replays too. Thread-safe; share one instance among all clients that use the file.
/// </para>
/// <example>Recorded once, replayed ever after:
/// <code>
/// using Cassette cassette = Cassette.Open("cassettes/answer.jsonl", text => text.Replace(key, "[KEY]"));
/// using IChatClient client = model.WithCassette(cassette, CassetteMode.Auto);
/// ...
/// cassette.AssertAllPlayed();
/// </code></example>
/// </remarks>
public sealed class Cassette : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<string, string> _redact;
    private readonly List<CassetteEntry> _entries;
    private readonly HashSet<CassetteEntry> _unplayed;
    private readonly Dictionary<string, Queue<CassetteEntry>> _byHash = [];
    private readonly CassetteFile _file;
    private CassetteWriter? _writer;
    private bool _isDisposed;

    private Cassette(string path, Func<string, string> redact)
    {
        Path = path;
        _redact = redact;
        _file = CassetteReader.Read(path);
        _entries = [.. _file.Entries];
        _unplayed = new(_entries, ReferenceEqualityComparer.Instance);
        foreach (CassetteEntry entry in _entries)
        {
            if (!_byHash.TryGetValue(entry.Hash, out Queue<CassetteEntry>? queue))
            {
                _byHash.Add(entry.Hash, queue = new());
            }

            queue.Enqueue(entry);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many calls the cassette holds, those recorded since it was opened included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>How many calls were there when the cassette was opened and were not asked for since.</summary>
    public int Unplayed
    {
        get
        {
            lock (_gate)
            {
                return _unplayed.Count;
            }
        }
    }

    /// <summary>Opens a cassette. A file that does not exist is an empty one, made when the first call is recorded.</summary>
    /// <param name="path">The file.</param>
    /// <param name="redact">
    /// Takes secrets out of every text before it is compared or written; null (default) for none. Must give the same
    /// for the same text, and leave a redacted text as it is. A text that a stream brings in pieces is redacted whole.
    /// </param>
    /// <exception cref="CassetteFormatException">The file is no cassette, is damaged, or is of a newer version.</exception>
    /// <exception cref="IOException">The file cannot be read; perhaps it is being recorded by someone else.</exception>
    public static Cassette Open(string path, Func<string, string>? redact = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(path, redact ?? (static text => text));
    }

    /// <summary>Throws where recorded calls were not asked for.</summary>
    /// <exception cref="CassetteNotFinishedException">Calls are left.</exception>
    public void AssertAllPlayed()
    {
        lock (_gate)
        {
            if (_unplayed.Count > 0)
            {
                int first = _entries.FindIndex(_unplayed.Contains);
                throw new CassetteNotFinishedException(
                    $"{_unplayed.Count} of {_entries.Count} calls in '{Path}' were not asked for. The first of them is call {first + 1}:\n{RequestText.Of(_entries[first].Request)}",
                    _unplayed.Count);
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _writer?.Dispose();
        }
    }

    internal CassetteRequest Normalize(IEnumerable<ChatMessage> messages, ChatOptions? options) => RequestNormalizer.Normalize(messages, options, _redact);

    /// <summary>The next unplayed answer to a request, or null.</summary>
    internal CassetteEntry? Play(CassetteRequest request)
    {
        string hash = RequestNormalizer.Hash(request);
        lock (_gate)
        {
            if (!_byHash.TryGetValue(hash, out Queue<CassetteEntry>? queue) || !queue.TryDequeue(out CassetteEntry? entry))
            {
                return null;
            }

            _unplayed.Remove(entry);
            return entry;
        }
    }

    internal CassetteMismatchException Mismatch(CassetteRequest request)
    {
        string hash = RequestNormalizer.Hash(request);
        lock (_gate)
        {
            return RequestDiff.Explain(Path, request, hash, _entries, _unplayed);
        }
    }

    /// <summary>Opens the file for writing, so that a call that cannot be recorded is not made either.</summary>
    internal CassetteWriter OpenForRecording()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _writer ??= new(Path, _file);
        }
    }

    internal Task RecordAsync(CassetteRequest request, ChatResponse response) =>
        RecordAsync(Entry(request) with { Response = ResponseMapping.Record(response, _redact) });

    internal Task RecordAsync(CassetteRequest request, Exception fault) =>
        RecordAsync(Entry(request) with { Fault = Faults.Record(fault, _redact) });

    internal Task RecordAsync(CassetteRequest request, IReadOnlyList<ChatResponseUpdate> updates, CassetteFault? fault) =>
        RecordAsync(Entry(request) with { Updates = ResponseMapping.Record(updates, _redact), Fault = fault });

    internal CassetteFault Describe(Exception fault) => Faults.Record(fault, _redact);

    private static CassetteEntry Entry(CassetteRequest request) => new() { Hash = RequestNormalizer.Hash(request), Request = request };

    private Task RecordAsync(CassetteEntry entry)
    {
        CassetteWriter writer = OpenForRecording();
        lock (_gate)
        {
            _entries.Add(entry);
        }

        return writer.AppendAsync(entry);
    }
}
