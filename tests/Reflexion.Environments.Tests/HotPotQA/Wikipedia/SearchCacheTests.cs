using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class SearchCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task What_was_asked_once_is_not_asked_again()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        DocumentSearch[] searches = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => wiki.SearchAsync("Nick Park")));

        searches.Should().OnlyContain(search => search == searches[0]);
        wiki.Asked.Should().Equal("Nick Park");
    }

    [Fact]
    public async Task What_was_not_found_is_remembered_too_and_what_failed_is_not()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Status(403));

        await wiki.FailAsync("Mercury");
        await wiki.SearchAsync("Mercury");
        await wiki.SearchAsync("Mercury");

        wiki.Asked.Should().Equal("Mercury", "Mercury", "search Mercury");
    }

    [Fact]
    public async Task The_least_recently_used_search_gives_way()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(options => options with { MaxCached = 2 });

        foreach (string title in (string[])["Nick Park", "Mercury (planet)", "Nick Park", "Mercury (element)", "Nick Park", "Mercury (planet)"])
        {
            await wiki.SearchAsync(title);
        }

        wiki.Asked.Should().Equal("Nick Park", "Mercury (planet)", "Mercury (element)", "Mercury (planet)");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_too_old_is_asked_again(bool hasFolder)
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(
            options => options with { CacheLifetime = TimeSpan.FromHours(1), CacheFolder = hasFolder ? _folder.Path : null });

        await wiki.SearchAsync("Nick Park");
        wiki.Time.Advance(TimeSpan.FromMinutes(59));
        await wiki.SearchAsync("Nick Park");
        wiki.Asked.Should().ContainSingle();
        wiki.Time.Advance(TimeSpan.FromMinutes(1));
        await wiki.SearchAsync("Nick Park");

        wiki.Asked.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_folder_remembers_from_run_to_run()
    {
        await using Encyclopedia wiki = await OpenAsync();
        DocumentSearch page = await wiki.SearchAsync("Nick Park");
        DocumentSearch similar = await wiki.SearchAsync("Mercury");
        int asked = wiki.Asked.Count();

        using WikipediaStore later = Reopen(wiki);

        (await later.SearchAsync("Nick Park", CancellationToken.None)).Should().BeEquivalentTo(page);
        (await later.SearchAsync("Mercury", CancellationToken.None)).Should().BeEquivalentTo(similar);
        wiki.Asked.Should().HaveCount(asked);
        Directory.GetFiles(_folder.Path).Should().HaveCount(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2,\"key\":\"KEY\",\"foundAt\":\"2026-01-05T12:00:00+00:00\"}")]
    [InlineData("{\"version\":1,\"key\":\"another\",\"foundAt\":\"2026-01-05T12:00:00+00:00\"}")]
    public async Task A_file_that_holds_something_else_is_asked_again_and_mended(string text)
    {
        await using Encyclopedia wiki = await OpenAsync();
        await wiki.SearchAsync("Nick Park");
        string file = Directory.GetFiles(_folder.Path).Single();
        await File.WriteAllTextAsync(file, text.Replace("KEY", $"{wiki.Options.Endpoint} 10 Nick Park", StringComparison.Ordinal));

        using WikipediaStore later = Reopen(wiki);

        (await later.SearchAsync("Nick Park", CancellationToken.None)).Page.Should().NotBeNull();
        wiki.Asked.Should().HaveCount(2);
        using WikipediaStore latest = Reopen(wiki);
        (await latest.SearchAsync("Nick Park", CancellationToken.None)).Page.Should().NotBeNull();
        wiki.Asked.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_file_of_this_version_and_search_is_believed()
    {
        await using Encyclopedia wiki = await OpenAsync();
        await wiki.SearchAsync("Nick Park");
        await File.WriteAllTextAsync(
            Directory.GetFiles(_folder.Path).Single(),
            $$"""{"version":1,"key":"{{wiki.Options.Endpoint}} 10 Nick Park","foundAt":"2026-01-05T12:00:00+00:00","title":"Nick Park","sentences":["One."]}""");

        using WikipediaStore later = Reopen(wiki);

        (await later.SearchAsync("Nick Park", CancellationToken.None)).Page!.Sentences.Should().Equal("One.");
    }

    [Fact]
    public async Task A_full_folder_loses_its_oldest_tenth()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(options => options with { CacheFolder = _folder.Path, MaxCachedInFolder = 10 });

        string[] others = [_folder.File("notes.json"), _folder.File("0123.json")];
        string draft = _folder.File($"{new string('0', 32)}.json.1");
        foreach (string file in (string[])[.. others, draft])
        {
            await File.WriteAllTextAsync(file, "");
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }

        for (int i = 0; i < 13; i++)
        {
            await wiki.SearchAsync($"Nothing {i}");
        }

        Directory.GetFiles(_folder.Path).Except(others).Should().HaveCountLessThanOrEqualTo(10).And.HaveCountGreaterThan(8).And.NotContain(draft);
        others.Should().OnlyContain(file => File.Exists(file), "files of others are not touched");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_does_not_end_a_run()
    {
        string path = _folder.File("cache");
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(options => options with { CacheFolder = path });
        Directory.Delete(path);

        (await wiki.SearchAsync("Nick Park")).Page.Should().NotBeNull();
        (await wiki.SearchAsync("Nick Park")).Page.Should().NotBeNull();

        wiki.Asked.Should().ContainSingle();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_at_once()
    {
        string file = _folder.File("file");
        File.WriteAllText(file, "");
        using var client = new HttpClient();
        Action open = () => new WikipediaStore(client, new("T/1 (t@example.org)") { CacheFolder = file }).Dispose();

        open.Should().Throw<IOException>();
    }

    public void Dispose() => _folder.Dispose();

    private Task<Encyclopedia> OpenAsync() => Encyclopedia.OpenAsync(options => options with { CacheFolder = _folder.Path });

    private static WikipediaStore Reopen(Encyclopedia wiki) => new(new HttpClient(), wiki.Options, wiki.Time);
}
