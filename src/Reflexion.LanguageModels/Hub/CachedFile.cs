using System.Security.Cryptography;
using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>A file's places in the cache: <c>FOLDER/OWNER--NAME/REVISION/PATH</c>, and beside it, while it comes, the part, what is known of it, and the lock.</summary>
internal sealed class CachedFile
{
    public CachedFile(string cacheFolder, ModelHubFile file)
    {
        Path = System.IO.Path.Combine([
            System.IO.Path.GetFullPath(cacheFolder), Flat(file.Repository), Flat(file.Revision), .. file.Path.Split('/')]);
    }

    /// <summary>The whole file. It is there only when it is whole.</summary>
    public string Path { get; }

    public string Part => Path + ".part";

    public bool Exists => File.Exists(Path);

    private string Knowledge => Path + ".part.json";

    private string LockFile => Path + ".lock";

    /// <summary>Waits until no other process downloads the file. The operating system frees the lock of a process that dies.</summary>
    public async Task<FileStream> LockAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException wrong) when (time.GetElapsedTime(start) >= timeout)
            {
                throw new ModelHubException(
                    ModelHubError.Locked, $"'{Path}' is being downloaded by another process and was not there after {timeout}. Wait for it, or end it.", wrong);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>What is known of the part; null if there is none that can be gone on with.</summary>
    public async Task<PartialDownload?> ReadKnowledgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            byte[] json = await File.ReadAllBytesAsync(Knowledge, cancellationToken).ConfigureAwait(false);
            PartialDownload? known = JsonSerializer.Deserialize(json, PartialDownloadJson.Default.PartialDownload);
            return known?.Version == PartialDownload.CurrentVersion && File.Exists(Part) ? known : null;
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    public Task WriteKnowledgeAsync(PartialDownload known, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(
            Knowledge,
            (stream, token) => JsonSerializer.SerializeAsync(stream, known, PartialDownloadJson.Default.PartialDownload, token),
            cancellationToken);

    /// <summary>Throws the part away.</summary>
    public void DropPart()
    {
        File.Delete(Part);
        File.Delete(Knowledge);
    }

    /// <summary>Makes the part the file.</summary>
    public void Complete()
    {
        File.Move(Part, Path, overwrite: true);
        File.Delete(Knowledge);
    }

    public static async Task<bool> HasSha256Async(string path, string sha256, CancellationToken cancellationToken)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (stream.ConfigureAwait(false))
        {
            byte[] hash = await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
            return Convert.ToHexString(hash).Equals(sha256, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string Flat(string name) => name.Replace("/", "--", StringComparison.Ordinal);
}
