namespace Reflexion;

/// <summary>What one look at a file, without opening it, tells: enough to see that somebody wrote to it.</summary>
internal sealed record FileStamp(long Length, DateTime Modified)
{
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(file.Length, file.LastWriteTimeUtc) : new(-1, default);
    }
}
