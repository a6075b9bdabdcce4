using System.Security.Cryptography;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>A hub whose server is the test's, with a cache of its own.</summary>
public abstract class ModelHubTestBase : IDisposable
{
    private protected const string Tag = "\"tag-1\"";

    private protected static ModelHubFile WeightsFile { get; } = new("owner/model", "sub/weights file.gguf");
    private protected static byte[] Whole { get; } = Content(300_000, seed: 1);

    private protected TemporaryFolder Cache { get; } = new();
    private protected HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private protected static string Sha256 => Convert.ToHexString(SHA256.HashData(Whole)).ToLowerInvariant();

    private protected string CachedPath => Path.Combine(Cache.Path, "owner--model", "main", "sub", "weights file.gguf");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Client.Dispose();
        Cache.Dispose();
    }

    private protected static byte[] Content(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private protected ModelHub Hub(HubServer server, Func<ModelHubOptions, ModelHubOptions>? change = null)
    {
        var options = new ModelHubOptions { Endpoint = server.Address, CacheFolder = Cache.Path };
        return new(Client, change?.Invoke(options) ?? options);
    }

    private protected static async Task<ModelHubException> FailAsync(ModelHub hub, ModelHubFile file) =>
        (await FluentActions.Awaiting(() => hub.GetAsync(file)).Should().ThrowAsync<ModelHubException>()).Which;
}
