using System.Text.Json;

namespace Reflexion.Retroformer;

/// <summary>Figures as lines of JSON in a file. A run that goes on cuts off the lines that its checkpoint does not know, since it writes them again.</summary>
internal sealed class TrainingLog : IAsyncDisposable
{
    private readonly FileStream? _file;

    public TrainingLog(string? path, long length)
    {
        if (path is null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 1 << 12, FileOptions.Asynchronous);
        _file.SetLength(Math.Min(length, _file.Length));
        _file.Seek(0, SeekOrigin.End);
    }

    public long Length => _file?.Position ?? 0;

    public async Task WriteAsync(TrainingProgress happened, CancellationToken cancellationToken)
    {
        if (_file is null)
        {
            return;
        }

        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            TrainingLogLine.Write(json, happened);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        await _file.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken).ConfigureAwait(false);
        await _file.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _file?.DisposeAsync() ?? ValueTask.CompletedTask;
}
