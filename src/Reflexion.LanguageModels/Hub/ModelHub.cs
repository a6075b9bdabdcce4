namespace Reflexion.LanguageModels;

/// <summary>
/// Gets files from a model hub (Hugging Face's addresses: <c>ENDPOINT/REPOSITORY/resolve/REVISION/PATH</c>) into a folder, once. Nothing is asked for
/// unless <see cref="GetAsync"/> is called and the file is not there.
/// </summary>
/// <remarks>
/// Files lie in <c>CACHE/OWNER--NAME/REVISION/PATH</c>. A file is there only when it is whole and checked; several processes may ask for one at the same
/// time, and one of them downloads. A file of a branch is not asked for again when the branch moves on: name a commit, or delete it.
/// </remarks>
public sealed class ModelHub
{
    private readonly ModelHubOptions _options;
    private readonly HubConnection _connection;
    private readonly TimeProvider _time;

    /// <summary>Creates a hub; nothing is asked for.</summary>
    /// <param name="client">
    /// Asks. With a handler whose <c>AllowAutoRedirect</c> is false the hub's SHA-256 of large files is seen and checked; with one that follows
    /// redirects itself it may be lost on the way. Stays the caller's.
    /// </param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="time">Tells how long to wait for other processes; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the client has a token among its default headers, which would go to every host.</exception>
    public ModelHub(HttpClient client, ModelHubOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.DefaultRequestHeaders.Authorization is not null)
        {
            throw new ArgumentException("The client's default headers hold a token, which would also go to hosts that the hub redirects to. Set it in the options.", nameof(client));
        }

        _options = options ?? new();
        _options.Validate();
        _connection = new(client, _options);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The path of a file that is in the cache, or null. Nothing is asked for or checked.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Its full path, or null.</returns>
    public string? Find(ModelHubFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var cached = new CachedFile(_options.CacheFolder, file);
        return cached.Exists ? cached.Path : null;
    }

    /// <summary>The path of a file, which is downloaded if it is not in the cache. A download that broke off is gone on with.</summary>
    /// <param name="file">The file. With <see cref="ModelHubFile.Sha256"/>, a file in the cache is checked too, and replaced if it is another.</param>
    /// <param name="progress">Hears of every piece that comes, or null.</param>
    /// <param name="cancellationToken">Ends the download; what came is kept.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="ModelHubException">The file cannot be had; <see cref="ModelHubException.Error"/> says why.</exception>
    public async Task<string> GetAsync(ModelHubFile file, IProgress<ModelDownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var cached = new CachedFile(_options.CacheFolder, file);
        if (await IsThereAsync(cached, file, cancellationToken).ConfigureAwait(false))
        {
            return cached.Path;
        }

        if (_options.IsOffline)
        {
            throw new ModelHubException(ModelHubError.Offline, $"{file}: '{cached.Path}' is not there or has another SHA-256, and the hub is offline. Put the file there, or go online.");
        }

        FileStream held = await cached.LockAsync(_options.LockTimeout, _time, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            if (!await IsThereAsync(cached, file, cancellationToken).ConfigureAwait(false))
            {
                await new Download(_connection, _options, file, cached, progress).RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return cached.Path;
    }

    private static async Task<bool> IsThereAsync(CachedFile cached, ModelHubFile file, CancellationToken cancellationToken) =>
        cached.Exists && (file.Sha256 is null || await CachedFile.HasSha256Async(cached.Path, file.Sha256, cancellationToken).ConfigureAwait(false));
}
