using System.Security.Cryptography;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class ModelHubTests : IDisposable
{
    private const string Tag = "\"tag-1\"";

    private static readonly ModelHubFile s_file = new("owner/model", "sub/weights file.gguf");
    private static readonly byte[] s_content = Content(300_000, seed: 1);

    private readonly TemporaryFolder _cache = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private static string Sha256 => Convert.ToHexString(SHA256.HashData(s_content)).ToLowerInvariant();

    private string CachedPath => Path.Combine(_cache.Path, "owner--model", "main", "sub", "weights file.gguf");

    public void Dispose()
    {
        _client.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task A_file_is_downloaded_once_and_found_from_then_on()
    {
        await using var server = new HubServer(_ => HubReply.File(s_content, ("ETag", Tag)));
        ModelHub hub = Hub(server);
        var progress = new Reports();
        hub.Find(s_file).Should().BeNull();

        string path = await hub.GetAsync(s_file, progress);
        string again = await hub.GetAsync(s_file with { Sha256 = Sha256.ToUpperInvariant() });

        (path, again, hub.Find(s_file)).Should().Be((CachedPath, CachedPath, CachedPath));
        (await File.ReadAllBytesAsync(path)).Should().Equal(s_content);
        server.Requests.Should().ContainSingle().Which.Path.Should().Be("/owner/model/resolve/main/sub/weights%20file.gguf");
        progress.Values[0].Should().Be(new ModelDownloadProgress(0, s_content.Length));
        progress.Values[^1].Should().Be(new ModelDownloadProgress(s_content.Length, s_content.Length));
        progress.Values.Select(value => value.BytesReceived).Should().BeInAscendingOrder();
        Directory.EnumerateFiles(_cache.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Should().BeEquivalentTo("weights file.gguf", "weights file.gguf.lock");
    }

    [Fact]
    public async Task Revisions_are_files_of_their_own()
    {
        await using var server = new HubServer(_ => HubReply.File(s_content));

        string path = await Hub(server).GetAsync(s_file with { Revision = "refs/pr/1" });

        path.Should().Be(Path.Combine(_cache.Path, "owner--model", "refs--pr--1", "sub", "weights file.gguf"));
        server.Requests.Single().Path.Should().Be("/owner/model/resolve/refs%2Fpr%2F1/sub/weights%20file.gguf");
    }

    [Fact]
    public async Task A_cut_connection_is_gone_on_with_where_it_broke_off()
    {
        await using var server = new HubServer(request => request.Number switch
        {
            0 => HubReply.File(s_content, ("ETag", Tag)).CutAt(100_000),
            1 => HubReply.Rest(s_content, request.From, ("ETag", Tag)).CutAt(50_000),
            _ => HubReply.Rest(s_content, request.From, ("ETag", Tag)),
        });

        string path = await Hub(server).GetAsync(s_file with { Sha256 = Sha256 });

        (await File.ReadAllBytesAsync(path)).Should().Equal(s_content);
        server.Requests.Should().HaveCount(3);
        server.Requests[1].From.Should().BePositive();
        server.Requests[2].From.Should().BeGreaterThan(server.Requests[1].From);
        server.Requests.Skip(1).Should().OnlyContain(request => request.IfRange == Tag);
    }

    [Fact]
    public async Task A_later_call_goes_on_where_the_attempts_of_an_earlier_one_ended()
    {
        await using var server = new HubServer(request => request.Number < 2
            ? request.From == 0 ? HubReply.File(s_content, ("ETag", Tag)).CutAt(100_000) : HubReply.Rest(s_content, request.From, ("ETag", Tag)).CutAt(10)
            : HubReply.Rest(s_content, request.From, ("ETag", Tag)));
        ModelHub hub = Hub(server, options => options with { MaxAttempts = 2 });

        ModelHubException cut = await FailAsync(hub, s_file);
        string path = await hub.GetAsync(s_file);

        (cut.Error, cut.InnerException).Should().Match<(ModelHubError Error, Exception? Inner)>(value => value.Error == ModelHubError.Interrupted && value.Inner != null);
        cut.Message.Should().Contain("broke in each of 2 attempts").And.Contain("call again to go on");
        (await File.ReadAllBytesAsync(path)).Should().Equal(s_content);
        server.Requests[2].From.Should().BePositive();
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_is_downloaded_from_its_beginning()
    {
        await using var server = new HubServer(request => request.Number == 0
            ? HubReply.File(Content(300_000, seed: 2), ("ETag", "\"old\"")).CutAt(100_000)
            : HubReply.File(s_content, ("ETag", Tag)));

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(s_file))).Should().Equal(s_content);
        server.Requests[1].IfRange.Should().Be("\"old\"");
    }

    [Fact]
    public async Task A_rest_of_other_content_or_of_another_place_is_not_taken()
    {
        await using var server = new HubServer(request => request.Number switch
        {
            0 => HubReply.File(s_content, ("ETag", Tag)).CutAt(100_000),
            1 => HubReply.Rest(s_content, 7, ("ETag", Tag)),
            2 => HubReply.File(s_content, ("ETag", Tag)).CutAt(100_000),
            3 => HubReply.Rest(Content(300_000, seed: 2), request.From, ("ETag", "\"other\"")),
            4 => HubReply.File(s_content, ("ETag", Tag)).CutAt(100_000),
            5 => HubReply.Refusal(416),
            _ => HubReply.File(s_content, ("ETag", Tag)),
        });

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(s_file))).Should().Equal(s_content);
        server.Requests.Should().HaveCount(7);
        server.Requests.Select(request => request.Range is null).Should().Equal(true, false, true, false, true, false, true);
    }

    [Theory]
    [InlineData("W/\"weak\"")]
    [InlineData(null)]
    public async Task Without_a_strong_tag_nothing_is_gone_on_with(string? tag)
    {
        (string, string)[] headers = tag is null ? [] : [("ETag", tag)];
        await using var server = new HubServer(request => request.Number == 0 ? HubReply.File(s_content, headers).CutAt(100_000) : HubReply.File(s_content, headers));

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(s_file))).Should().Equal(s_content);
        server.Requests[1].Range.Should().BeNull();
    }

    [Fact]
    public async Task A_part_that_is_whole_is_not_asked_for_again()
    {
        await using var server = new HubServer(_ => HubReply.Refusal(500));
        await HavePartAsync(s_content, $$"""{"Version":1,"Identity":"{{Sha256}}","Validator":"\"tag-1\"","Length":{{s_content.Length}},"Sha256":"{{Sha256}}"}""");

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(s_file))).Should().Equal(s_content);
        server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"Version":2,"Identity":"a","Validator":"\"a\"","Length":3,"Sha256":null}""")]
    [InlineData("nonsense")]
    [InlineData("null")]
    public async Task A_part_of_which_nothing_certain_is_known_is_thrown_away(string knowledge)
    {
        await using var server = new HubServer(_ => HubReply.File(s_content));
        await HavePartAsync([1, 2, 3], knowledge);

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(s_file))).Should().Equal(s_content);
        server.Requests.Single().Range.Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_of_another_sum_is_thrown_away(bool told)
    {
        string sum = new('a', 64);
        await using var server = new HubServer(_ => HubReply.File(s_content, ("ETag", told ? Tag : $"\"{sum}\"")));

        ModelHubException wrong = await FailAsync(Hub(server), told ? s_file with { Sha256 = sum } : s_file);

        wrong.Error.Should().Be(ModelHubError.Corrupt);
        wrong.Message.Should().Contain(sum).And.Contain(told ? "that was asked for" : "that the hub names");
        Directory.EnumerateFiles(_cache.Path, "*", SearchOption.AllDirectories).Should().OnlyContain(file => file.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_in_the_cache_that_is_another_is_replaced()
    {
        await using var server = new HubServer(_ => HubReply.File(s_content));
        Directory.CreateDirectory(Path.GetDirectoryName(CachedPath)!);
        await File.WriteAllTextAsync(CachedPath, "another");

        await Hub(server).GetAsync(s_file with { Sha256 = Sha256 });

        (await File.ReadAllBytesAsync(CachedPath)).Should().Equal(s_content);
    }

    [Fact]
    public async Task More_than_the_hub_said_is_thrown_away()
    {
        await using var server = new HubServer(_ => new(200, s_content, null, ("X-Linked-Size", "100")));

        (await FailAsync(Hub(server), s_file)).Should().Match<ModelHubException>(wrong => wrong.Error == ModelHubError.Corrupt && wrong.Message.Contains("300000 bytes came of a file of 100"));
    }

    [Fact]
    public async Task Less_than_the_hub_said_is_asked_for_again()
    {
        await using var server = new HubServer(request => new(200, request.Number == 0 ? s_content[..5] : s_content, null, ("X-Linked-Size", "300000")));

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(s_file))).Should().Equal(s_content);
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_nowhere_else()
    {
        await using var elsewhere = new HubServer(_ => HubReply.File(s_content, ("ETag", Tag)));
        HubServer? hub = null;
        await using var server = hub = new HubServer(request => request.Number == 0
            ? HubReply.Redirect(new Uri(hub!.Address, "/renamed"))
            : HubReply.Redirect(elsewhere.Address, ("X-Linked-ETag", $"\"{Sha256}\""), ("X-Linked-Size", "300000")));

        await Hub(server, options => options with { Token = "secret" }).GetAsync(s_file);

        server.Requests.Select(request => (request.Path, request.Authorization)).Should().Equal(
            ("/owner/model/resolve/main/sub/weights%20file.gguf", "Bearer secret"), ("/renamed", "Bearer secret"));
        elsewhere.Requests.Should().ContainSingle().Which.Authorization.Should().BeNull();
    }

    [Fact]
    public async Task The_sum_that_the_hub_names_before_it_redirects_is_checked()
    {
        await using var elsewhere = new HubServer(_ => HubReply.File(Content(300_000, seed: 2)));
        await using var server = new HubServer(_ => HubReply.Redirect(elsewhere.Address, ("X-Linked-ETag", $"\"{Sha256}\"")));

        (await FailAsync(Hub(server), s_file)).Error.Should().Be(ModelHubError.Corrupt);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/file", "redirects to 'ftp://127.0.0.1/file', which is not followed")]
    [InlineData("", "redirects to '', which is not followed")]
    public async Task Redirects_to_nowhere_are_not_followed(string target, string problem)
    {
        await using var server = new HubServer(_ => HubReply.Refusal(302, target.Length > 0 ? [("Location", target)] : []));

        (await FailAsync(Hub(server), s_file)).Should().Match<ModelHubException>(wrong => wrong.Error == ModelHubError.UnexpectedAnswer && wrong.Message.Contains(problem));
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        HubServer? hub = null;
        await using var server = hub = new HubServer(_ => HubReply.Redirect(hub!.Address));

        (await FailAsync(Hub(server), s_file)).Message.Should().Contain("redirects more than 10 times");
    }

    [Theory]
    [InlineData(401, null, null, ModelHubError.Unauthorized, "wants a token. Set it in the options")]
    [InlineData(401, null, "old", ModelHubError.Unauthorized, "does not accept the token")]
    [InlineData(401, "RepoNotFound", null, ModelHubError.NotFound, "no such repository, or it is private")]
    [InlineData(401, "GatedRepo", null, ModelHubError.Gated, "Accept its terms on its page")]
    [InlineData(403, "GatedRepo", "token", ModelHubError.Gated, "Accept its terms on its page")]
    [InlineData(403, null, "token", ModelHubError.Forbidden, "access is denied")]
    [InlineData(404, null, null, ModelHubError.NotFound, "Check repository, revision and path")]
    [InlineData(404, "EntryNotFound", null, ModelHubError.NotFound, "no such file")]
    [InlineData(404, "RevisionNotFound", null, ModelHubError.NotFound, "no such revision")]
    [InlineData(429, null, null, ModelHubError.RateLimited, "asks for a pause")]
    [InlineData(500, null, null, ModelHubError.UnexpectedAnswer, "gave no file")]
    public async Task A_refusal_says_why_and_what_to_do(int status, string? code, string? token, ModelHubError error, string advice)
    {
        (string, string)[] headers = code is null ? [] : [("X-Error-Code", code), ("X-Error-Message", "said so")];
        await using var server = new HubServer(_ => HubReply.Refusal(status, [.. headers, ("Retry-After", "7")]));

        ModelHubException wrong = await FailAsync(Hub(server, options => options with { Token = token }), s_file);

        (wrong.Error, wrong.RetryAfter).Should().Be((error, TimeSpan.FromSeconds(7)));
        wrong.Message.Should().StartWith("owner/model/sub/weights file.gguf (main): ").And.Contain(advice).And.Contain($"HTTP status {status}{(code is null ? "" : ": said so")}");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Offline_nothing_is_ever_asked_for()
    {
        await using var server = new HubServer(_ => HubReply.File(s_content));
        ModelHub offline = Hub(server, options => options with { IsOffline = true });

        (await FailAsync(offline, s_file)).Should().Match<ModelHubException>(wrong => wrong.Error == ModelHubError.Offline && wrong.Message.Contains(CachedPath));
        server.Requests.Should().BeEmpty();
        await Hub(server).GetAsync(s_file);
        (await offline.GetAsync(s_file)).Should().Be(CachedPath);
        (await FailAsync(offline, s_file with { Sha256 = new('0', 64) })).Error.Should().Be(ModelHubError.Offline);
    }

    [Fact]
    public async Task Nobody_there_is_an_interruption()
    {
        var server = new HubServer(_ => HubReply.File(s_content));
        await server.DisposeAsync();

        (await FailAsync(Hub(server), s_file)).Error.Should().Be(ModelHubError.Interrupted);
    }

    [Fact]
    public async Task A_client_that_gives_up_waiting_is_an_interruption_and_the_callers_own_cancellation_is_not()
    {
        await using var server = new HubServer(_ => HubReply.File(s_content));
        using var impatient = new HttpClient(new Silent()) { Timeout = TimeSpan.FromMilliseconds(1) };
        var hub = new ModelHub(impatient, new() { Endpoint = server.Address, CacheFolder = _cache.Path, MaxAttempts = 1 });

        (await FailAsync(hub, s_file)).Error.Should().Be(ModelHubError.Interrupted);
        await FluentActions.Awaiting(() => Hub(server).GetAsync(s_file, cancellationToken: new(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_full_disk_is_said_to_be_full()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        await using var server = new HubServer(_ => HubReply.File(s_content));
        Directory.CreateDirectory(Path.GetDirectoryName(CachedPath)!);
        File.CreateSymbolicLink(CachedPath + ".part", "/dev/full");

        (await FailAsync(Hub(server), s_file)).Should().Match<ModelHubException>(wrong => wrong.Error == ModelHubError.DiskFull && wrong.Message.Contains("is full. Make room"));
    }

    [Fact]
    public async Task Many_that_ask_at_once_get_one_download()
    {
        await using var server = new HubServer(_ => HubReply.File(s_content));

        string[] paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Hub(server).GetAsync(s_file)));

        paths.Should().OnlyContain(path => path == CachedPath);
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_download_of_another_process_is_waited_for_only_so_long()
    {
        await using var server = new HubServer(_ => HubReply.File(s_content));
        Directory.CreateDirectory(Path.GetDirectoryName(CachedPath)!);
        await using FileStream held = new(CachedPath + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        ModelHubException wrong = await FailAsync(Hub(server, options => options with { LockTimeout = TimeSpan.Zero }), s_file);

        wrong.Error.Should().Be(ModelHubError.Locked);
        wrong.Message.Should().Contain("is being downloaded by another process");
    }

    [Theory]
    [InlineData("../model", "file")]
    [InlineData("owner/..", "file")]
    [InlineData("a/b/c", "file")]
    [InlineData("owner/model", "../file")]
    [InlineData("owner/model", "/file")]
    [InlineData("owner/model", "a//b")]
    [InlineData("owner/model", "a\\b")]
    [InlineData("owner/model", "a:b")]
    [InlineData("owner/model", "a?b")]
    [InlineData("owner/model", "end.")]
    [InlineData("owner/model", "")]
    public void Names_that_lead_elsewhere_are_refused(string repository, string path) =>
        FluentActions.Invoking(() => new ModelHubFile(repository, path)).Should().Throw<ArgumentException>();

    [Fact]
    public void Bad_arguments_are_refused()
    {
        FluentActions.Invoking(() => s_file with { Revision = ".." }).Should().Throw<ArgumentException>().WithMessage("'..' cannot be asked for*");
        FluentActions.Invoking(() => s_file with { Sha256 = "abc" }).Should().Throw<ArgumentException>().WithMessage("'abc' is no SHA-256*");
        FluentActions.Invoking(() => new ModelHub(_client, new() { Endpoint = new("ftp://a") })).Should().Throw<ArgumentException>().WithMessage("*is no web address*");
        FluentActions.Invoking(() => new ModelHub(_client, new() { MaxAttempts = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ModelHub(_client, new() { LockTimeout = TimeSpan.FromSeconds(-1) })).Should().Throw<ArgumentOutOfRangeException>();
        using var known = new HttpClient();
        known.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        FluentActions.Invoking(() => new ModelHub(known)).Should().Throw<ArgumentException>().WithMessage("*Set it in the options*");
        new ModelHubOptions { Token = "secret" }.ToString().Should().NotContain("secret");
    }

    private static byte[] Content(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private ModelHub Hub(HubServer server, Func<ModelHubOptions, ModelHubOptions>? change = null)
    {
        var options = new ModelHubOptions { Endpoint = server.Address, CacheFolder = _cache.Path };
        return new(_client, change?.Invoke(options) ?? options);
    }

    private static async Task<ModelHubException> FailAsync(ModelHub hub, ModelHubFile file) =>
        (await FluentActions.Awaiting(() => hub.GetAsync(file)).Should().ThrowAsync<ModelHubException>()).Which;

    private async Task HavePartAsync(byte[] part, string knowledge)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(CachedPath)!);
        await File.WriteAllBytesAsync(CachedPath + ".part", part);
        await File.WriteAllTextAsync(CachedPath + ".part.json", knowledge);
    }

    private sealed class Reports : IProgress<ModelDownloadProgress>
    {
        internal List<ModelDownloadProgress> Values { get; } = [];

        public void Report(ModelDownloadProgress value) => Values.Add(value);
    }

    /// <summary>Never answers.</summary>
    private sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("Nothing ends the wait.");
        }
    }
}
