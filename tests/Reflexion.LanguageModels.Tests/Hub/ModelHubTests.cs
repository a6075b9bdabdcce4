using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class ModelHubTests : ModelHubTestBase
{
    [Fact]
    public async Task A_file_is_downloaded_once_and_found_from_then_on()
    {
        await using var server = new HubServer(_ => HubReply.File(Whole, ("ETag", Tag)));
        ModelHub hub = Hub(server);
        var progress = new Reports();
        hub.Find(WeightsFile).Should().BeNull();

        string path = await hub.GetAsync(WeightsFile, progress);
        string again = await hub.GetAsync(WeightsFile with { Sha256 = Sha256.ToUpperInvariant() });

        (path, again, hub.Find(WeightsFile)).Should().Be((CachedPath, CachedPath, CachedPath));
        (await File.ReadAllBytesAsync(path)).Should().Equal(Whole);
        server.Requests.Should().ContainSingle().Which.Path.Should().Be("/owner/model/resolve/main/sub/weights%20file.gguf");
        progress.Values[0].Should().Be(new ModelDownloadProgress(0, Whole.Length));
        progress.Values[^1].Should().Be(new ModelDownloadProgress(Whole.Length, Whole.Length));
        progress.Values.Select(value => value.BytesReceived).Should().BeInAscendingOrder();
        Directory.EnumerateFiles(Cache.Path, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Should().BeEquivalentTo("weights file.gguf", "weights file.gguf.lock");
    }

    [Fact]
    public async Task Revisions_are_files_of_their_own()
    {
        await using var server = new HubServer(_ => HubReply.File(Whole));

        string path = await Hub(server).GetAsync(WeightsFile with { Revision = "refs/pr/1" });

        path.Should().Be(Path.Combine(Cache.Path, "owner--model", "refs--pr--1", "sub", "weights file.gguf"));
        server.Requests.Single().Path.Should().Be("/owner/model/resolve/refs%2Fpr%2F1/sub/weights%20file.gguf");
    }

    [Fact]
    public async Task A_cut_connection_is_gone_on_with_where_it_broke_off()
    {
        await using var server = new HubServer(request => request.Number switch
        {
            0 => HubReply.File(Whole, ("ETag", Tag)).CutAt(100_000),
            1 => HubReply.Rest(Whole, request.From, ("ETag", Tag)).CutAt(50_000),
            _ => HubReply.Rest(Whole, request.From, ("ETag", Tag)),
        });

        string path = await Hub(server).GetAsync(WeightsFile with { Sha256 = Sha256 });

        (await File.ReadAllBytesAsync(path)).Should().Equal(Whole);
        server.Requests.Should().HaveCount(3);
        server.Requests[1].From.Should().BePositive();
        server.Requests[2].From.Should().BeGreaterThan(server.Requests[1].From);
        server.Requests.Skip(1).Should().OnlyContain(request => request.IfRange == Tag);
    }

    [Fact]
    public async Task A_later_call_goes_on_where_the_attempts_of_an_earlier_one_ended()
    {
        await using var server = new HubServer(request => request.Number < 2
            ? request.From == 0 ? HubReply.File(Whole, ("ETag", Tag)).CutAt(100_000) : HubReply.Rest(Whole, request.From, ("ETag", Tag)).CutAt(10)
            : HubReply.Rest(Whole, request.From, ("ETag", Tag)));
        ModelHub hub = Hub(server, options => options with { MaxAttempts = 2 });

        ModelHubException cut = await FailAsync(hub, WeightsFile);
        string path = await hub.GetAsync(WeightsFile);

        (cut.Error, cut.InnerException).Should().Match<(ModelHubError Error, Exception? Inner)>(value => value.Error == ModelHubError.Interrupted && value.Inner != null);
        cut.Message.Should().Contain("broke in each of 2 attempts").And.Contain("call again to go on");
        (await File.ReadAllBytesAsync(path)).Should().Equal(Whole);
        server.Requests[2].From.Should().BePositive();
    }

    [Fact]
    public async Task A_file_that_changed_meanwhile_is_downloaded_from_its_beginning()
    {
        await using var server = new HubServer(request => request.Number == 0
            ? HubReply.File(Content(300_000, seed: 2), ("ETag", "\"old\"")).CutAt(100_000)
            : HubReply.File(Whole, ("ETag", Tag)));

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(WeightsFile))).Should().Equal(Whole);
        server.Requests[1].IfRange.Should().Be("\"old\"");
    }

    [Fact]
    public async Task A_rest_of_other_content_or_of_another_place_is_not_taken()
    {
        await using var server = new HubServer(request => request.Number switch
        {
            0 => HubReply.File(Whole, ("ETag", Tag)).CutAt(100_000),
            1 => HubReply.Rest(Whole, 7, ("ETag", Tag)),
            2 => HubReply.File(Whole, ("ETag", Tag)).CutAt(100_000),
            3 => HubReply.Rest(Content(300_000, seed: 2), request.From, ("ETag", "\"other\"")),
            4 => HubReply.File(Whole, ("ETag", Tag)).CutAt(100_000),
            5 => HubReply.Refusal(416),
            _ => HubReply.File(Whole, ("ETag", Tag)),
        });

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(WeightsFile))).Should().Equal(Whole);
        server.Requests.Should().HaveCount(7);
        server.Requests.Select(request => request.Range is null).Should().Equal(true, false, true, false, true, false, true);
    }

    [Theory]
    [InlineData("W/\"weak\"")]
    [InlineData(null)]
    public async Task Without_a_strong_tag_nothing_is_gone_on_with(string? tag)
    {
        (string, string)[] headers = tag is null ? [] : [("ETag", tag)];
        await using var server = new HubServer(request => request.Number == 0 ? HubReply.File(Whole, headers).CutAt(100_000) : HubReply.File(Whole, headers));

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(WeightsFile))).Should().Equal(Whole);
        server.Requests[1].Range.Should().BeNull();
    }

    [Fact]
    public async Task A_part_that_is_whole_is_not_asked_for_again()
    {
        await using var server = new HubServer(_ => HubReply.Refusal(500));
        await HavePartAsync(Whole, $$"""{"Version":1,"Identity":"{{Sha256}}","Validator":"\"tag-1\"","Length":{{Whole.Length}},"Sha256":"{{Sha256}}"}""");

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(WeightsFile))).Should().Equal(Whole);
        server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"Version":2,"Identity":"a","Validator":"\"a\"","Length":3,"Sha256":null}""")]
    [InlineData("nonsense")]
    [InlineData("null")]
    public async Task A_part_of_which_nothing_certain_is_known_is_thrown_away(string knowledge)
    {
        await using var server = new HubServer(_ => HubReply.File(Whole));
        await HavePartAsync([1, 2, 3], knowledge);

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(WeightsFile))).Should().Equal(Whole);
        server.Requests.Single().Range.Should().BeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_of_another_sum_is_thrown_away(bool told)
    {
        string sum = new('a', 64);
        await using var server = new HubServer(_ => HubReply.File(Whole, ("ETag", told ? Tag : $"\"{sum}\"")));

        ModelHubException wrong = await FailAsync(Hub(server), told ? WeightsFile with { Sha256 = sum } : WeightsFile);

        wrong.Error.Should().Be(ModelHubError.Corrupt);
        wrong.Message.Should().Contain(sum).And.Contain(told ? "that was asked for" : "that the hub names");
        Directory.EnumerateFiles(Cache.Path, "*", SearchOption.AllDirectories).Should().OnlyContain(file => file.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_in_the_cache_that_is_another_is_replaced()
    {
        await using var server = new HubServer(_ => HubReply.File(Whole));
        Directory.CreateDirectory(Path.GetDirectoryName(CachedPath)!);
        await File.WriteAllTextAsync(CachedPath, "another");

        await Hub(server).GetAsync(WeightsFile with { Sha256 = Sha256 });

        (await File.ReadAllBytesAsync(CachedPath)).Should().Equal(Whole);
    }

    [Fact]
    public async Task More_than_the_hub_said_is_thrown_away()
    {
        await using var server = new HubServer(_ => new(200, Whole, null, ("X-Linked-Size", "100")));

        (await FailAsync(Hub(server), WeightsFile)).Should().Match<ModelHubException>(wrong => wrong.Error == ModelHubError.Corrupt && wrong.Message.Contains("300000 bytes came of a file of 100"));
    }

    [Fact]
    public async Task Less_than_the_hub_said_is_asked_for_again()
    {
        await using var server = new HubServer(request => new(200, request.Number == 0 ? Whole[..5] : Whole, null, ("X-Linked-Size", "300000")));

        (await File.ReadAllBytesAsync(await Hub(server).GetAsync(WeightsFile))).Should().Equal(Whole);
        server.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_nowhere_else()
    {
        await using var elsewhere = new HubServer(_ => HubReply.File(Whole, ("ETag", Tag)));
        HubServer? hub = null;
        await using var server = hub = new HubServer(request => request.Number == 0
            ? HubReply.Redirect(new Uri(hub!.Address, "/renamed"))
            : HubReply.Redirect(elsewhere.Address, ("X-Linked-ETag", $"\"{Sha256}\""), ("X-Linked-Size", "300000")));

        await Hub(server, options => options with { Token = "secret" }).GetAsync(WeightsFile);

        server.Requests.Select(request => (request.Path, request.Authorization)).Should().Equal(
            ("/owner/model/resolve/main/sub/weights%20file.gguf", "Bearer secret"), ("/renamed", "Bearer secret"));
        elsewhere.Requests.Should().ContainSingle().Which.Authorization.Should().BeNull();
    }

    [Fact]
    public async Task The_sum_that_the_hub_names_before_it_redirects_is_checked()
    {
        await using var elsewhere = new HubServer(_ => HubReply.File(Content(300_000, seed: 2)));
        await using var server = new HubServer(_ => HubReply.Redirect(elsewhere.Address, ("X-Linked-ETag", $"\"{Sha256}\"")));

        (await FailAsync(Hub(server), WeightsFile)).Error.Should().Be(ModelHubError.Corrupt);
    }

    [Fact]
    public async Task Many_that_ask_at_once_get_one_download()
    {
        await using var server = new HubServer(_ => HubReply.File(Whole));

        string[] paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Hub(server).GetAsync(WeightsFile)));

        paths.Should().OnlyContain(path => path == CachedPath);
        server.Requests.Should().ContainSingle();
    }

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
}
