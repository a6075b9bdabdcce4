using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>What is said when a file cannot be had.</summary>
public sealed class ModelHubRefusalTests : ModelHubTestBase
{
    [Theory]
    [InlineData("ftp://127.0.0.1/file", "redirects to 'ftp://127.0.0.1/file', which is not followed")]
    [InlineData("", "redirects to '', which is not followed")]
    public async Task Redirects_to_nowhere_are_not_followed(string target, string problem)
    {
        await using var server = new HubServer(_ => HubReply.Refusal(302, target.Length > 0 ? [("Location", target)] : []));

        (await FailAsync(Hub(server), WeightsFile)).Should().Match<ModelHubException>(wrong => wrong.Error == ModelHubError.UnexpectedAnswer && wrong.Message.Contains(problem));
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        HubServer? hub = null;
        await using var server = hub = new HubServer(_ => HubReply.Redirect(hub!.Address));

        (await FailAsync(Hub(server), WeightsFile)).Message.Should().Contain("redirects more than 10 times");
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

        ModelHubException wrong = await FailAsync(Hub(server, options => options with { Token = token }), WeightsFile);

        (wrong.Error, wrong.RetryAfter).Should().Be((error, TimeSpan.FromSeconds(7)));
        wrong.Message.Should().StartWith("owner/model/sub/weights file.gguf (main): ").And.Contain(advice).And.Contain($"HTTP status {status}{(code is null ? "" : ": said so")}");
        server.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task Offline_nothing_is_ever_asked_for()
    {
        await using var server = new HubServer(_ => HubReply.File(Whole));
        ModelHub offline = Hub(server, options => options with { IsOffline = true });

        (await FailAsync(offline, WeightsFile)).Should().Match<ModelHubException>(wrong => wrong.Error == ModelHubError.Offline && wrong.Message.Contains(CachedPath));
        server.Requests.Should().BeEmpty();
        await Hub(server).GetAsync(WeightsFile);
        (await offline.GetAsync(WeightsFile)).Should().Be(CachedPath);
        (await FailAsync(offline, WeightsFile with { Sha256 = new('0', 64) })).Error.Should().Be(ModelHubError.Offline);
    }

    [Fact]
    public async Task Nobody_there_is_an_interruption()
    {
        var server = new HubServer(_ => HubReply.File(Whole));
        await server.DisposeAsync();

        (await FailAsync(Hub(server), WeightsFile)).Error.Should().Be(ModelHubError.Interrupted);
    }

    [Fact]
    public async Task A_client_that_gives_up_waiting_is_an_interruption_and_the_callers_own_cancellation_is_not()
    {
        await using var server = new HubServer(_ => HubReply.File(Whole));
        using var impatient = new HttpClient(new Silent()) { Timeout = TimeSpan.FromMilliseconds(1) };
        var hub = new ModelHub(impatient, new() { Endpoint = server.Address, CacheFolder = Cache.Path, MaxAttempts = 1 });

        (await FailAsync(hub, WeightsFile)).Error.Should().Be(ModelHubError.Interrupted);
        await FluentActions.Awaiting(() => Hub(server).GetAsync(WeightsFile, cancellationToken: new(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_full_disk_is_said_to_be_full()
    {
        if (!File.Exists("/dev/full"))
        {
            return;
        }

        await using var server = new HubServer(_ => HubReply.File(Whole));
        Directory.CreateDirectory(Path.GetDirectoryName(CachedPath)!);
        File.CreateSymbolicLink(CachedPath + ".part", "/dev/full");

        (await FailAsync(Hub(server), WeightsFile)).Should().Match<ModelHubException>(wrong => wrong.Error == ModelHubError.DiskFull && wrong.Message.Contains("is full. Make room"));
    }

    [Fact]
    public async Task A_download_of_another_process_is_waited_for_only_so_long()
    {
        await using var server = new HubServer(_ => HubReply.File(Whole));
        Directory.CreateDirectory(Path.GetDirectoryName(CachedPath)!);
        await using FileStream held = new(CachedPath + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        ModelHubException wrong = await FailAsync(Hub(server, options => options with { LockTimeout = TimeSpan.Zero }), WeightsFile);

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
        FluentActions.Invoking(() => WeightsFile with { Revision = ".." }).Should().Throw<ArgumentException>().WithMessage("'..' cannot be asked for*");
        FluentActions.Invoking(() => WeightsFile with { Sha256 = "abc" }).Should().Throw<ArgumentException>().WithMessage("'abc' is no SHA-256*");
        FluentActions.Invoking(() => new ModelHub(Client, new() { Endpoint = new("ftp://a") })).Should().Throw<ArgumentException>().WithMessage("*is no web address*");
        FluentActions.Invoking(() => new ModelHub(Client, new() { MaxAttempts = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ModelHub(Client, new() { LockTimeout = TimeSpan.FromSeconds(-1) })).Should().Throw<ArgumentOutOfRangeException>();
        using var known = new HttpClient();
        known.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        FluentActions.Invoking(() => new ModelHub(known)).Should().Throw<ArgumentException>().WithMessage("*Set it in the options*");
        new ModelHubOptions { Token = "secret" }.ToString().Should().NotContain("secret");
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
