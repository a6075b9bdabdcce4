using Reflexion.Environments;
using Reflexion.Testing;

namespace Reflexion.Tests;

public sealed class WikipediaStoreTests
{
    [Fact]
    public async Task A_page_is_found_with_its_sentences_and_without_its_headings()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        DocumentSearch search = await wiki.SearchAsync(" Nick_Park ");

        search.Page!.Title.Should().Be("Nick Park");
        search.Page.Sentences.Should().Equal(
            "Nicholas Park is an animator.", "He was born in 1958.", "Park joined Aardman in 1985.", "He made A Grand Day Out.", "It took years!", "Was it worth it?", "He thinks so.", "He was knighted.");
        search.Similar.Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_says_who_asks_and_is_polite()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        await wiki.SearchAsync("Nick Park");

        FakeWikipedia.Asked request = wiki.Server.Requests.Should().ContainSingle().Subject;
        request.Headers["User-Agent"].Should().Be("ReflexionTests/1.0 (tests@example.org)");
        request.Headers["Accept-Encoding"].Should().Be("gzip");
        request.Query.Should().Contain("action", "query").And.Contain("format", "json").And.Contain("formatversion", "2")
            .And.Contain("maxlag", "5").And.Contain("redirects", "1").And.Contain("prop", "extracts|pageprops").And.Contain("explaintext", "1");
    }

    [Fact]
    public async Task A_redirect_leads_to_its_page()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        (await wiki.SearchAsync("Park, Nick")).Page!.Title.Should().Be("Nick Park");
    }

    [Fact]
    public async Task A_title_in_another_case_leads_to_the_page_that_the_search_finds_under_it()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        (await wiki.SearchAsync("nick pàrk")).Page!.Title.Should().Be("Nick Park");
        wiki.Asked.Should().Equal("nick pàrk", "search nick pàrk", "Nick Park");
    }

    [Fact]
    public async Task A_missing_page_is_answered_with_what_the_search_finds()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(options => options with { SimilarTitles = 2 });

        DocumentSearch search = await wiki.SearchAsync("Mercury probe");

        search.Page.Should().BeNull();
        search.Similar.Should().Equal("Mercury", "Mercury (planet)");
        wiki.Asked.Should().Equal("Mercury probe", "search Mercury probe");
    }

    [Fact]
    public async Task A_disambiguation_page_is_answered_with_the_titles_it_stands_for()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        DocumentSearch search = await wiki.SearchAsync("Mercury");

        search.Page.Should().BeNull();
        search.Similar.Should().Equal("Mercury (planet)", "Mercury (element)");
        wiki.Asked.Should().Equal("Mercury", "search Mercury");
    }

    [Fact]
    public async Task A_disambiguation_page_that_the_search_finds_is_not_named_either()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        (await wiki.SearchAsync("mercury")).Similar.Should().Equal("Mercury (planet)", "Mercury (element)");
    }

    [Theory]
    [InlineData("Talk:Nick Park", "Nick Park", "Talk:Nick Park")]
    [InlineData("Empty page", null, "Empty page")]
    [InlineData("fr:Nick Park", "Nick Park", "fr:Nick Park")]
    [InlineData("Nick|Park", null, null)]
    [InlineData("[Nick Park]", null, null)]
    public async Task What_is_no_article_is_searched_for(string title, string? similar, string? asked)
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        DocumentSearch search = await wiki.SearchAsync(title);

        search.Page.Should().BeNull();
        if (similar is not null)
        {
            search.Similar.Should().Contain(similar);
        }

        wiki.Asked.Take(2).Should().Equal(asked is null ? [$"search {title}"] : [asked, $"search {title}"]);
    }

    [Fact]
    public async Task A_title_too_long_for_a_page_is_cut_and_searched_for()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        await wiki.SearchAsync(new string('x', 299) + "\U0001F600" + new string('y', 5_000));

        wiki.Asked.Should().Equal("search " + new string('x', 299));
    }

    [Fact]
    public async Task Control_characters_entities_and_lone_surrogates_do_not_reach_the_wire()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();

        await wiki.SearchAsync("a\u0000b\nc &amp; d\uD800");

        wiki.Asked.First().Should().Be("a b c & d\uFFFD");
    }

    [Fact]
    public async Task Nothing_is_asked_for_a_title_of_spaces_alone()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();
        Func<Task> blank = () => wiki.SearchAsync("  ");

        (await wiki.SearchAsync("_ \u0000 _")).Similar.Should().BeEmpty();

        await blank.Should().ThrowAsync<ArgumentException>();
        wiki.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task An_environment_searches_and_looks_up_on_live_pages()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();
        await using var environment = new HotPotQAEnvironment(wiki.Store);

        (await environment.StepAsync(HotPotQASamples.Action("Search", "Mercury"), CancellationToken.None)).Text
            .Should().Be("Could not find [Mercury]. Similar: ['Mercury (planet)', 'Mercury (element)']");
        (await environment.StepAsync(HotPotQASamples.Action("Search", "Nick Park"), CancellationToken.None)).Text
            .Should().Be("Nicholas Park is an animator. He was born in 1958. Park joined Aardman in 1985. He made A Grand Day Out. It took years!");
        (await environment.StepAsync(HotPotQASamples.Action("Lookup", "knighted"), CancellationToken.None)).Text
            .Should().Be("(Result 1 / 1) He was knighted.");
    }

    [Fact]
    public async Task An_agent_answers_from_live_pages()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync();
        using var model = new ScriptedChatClient("Thought: I search.\nAction: Search[nick park]", "Thought: 1958.\nAction: Finish[1958]");
        var domain = new HotPotQADomain([new("q", "When was Nick Park born?") { Answer = "1958" }], new() { Documents = wiki.Store });

        Episode episode = await ReflexionAgent.CreateBuilder(model).UseDomain(domain).Build().RunAsync(domain.Tasks[0]);

        episode.Success.Should().BeTrue();
        episode.Trials[0].Trajectory.Steps[0].Observation!.Text.Should().StartWith("Nicholas Park is an animator.");
    }

    [Fact]
    public async Task A_wiki_that_refuses_ends_the_episode_and_says_why()
    {
        await using Encyclopedia wiki = await Encyclopedia.OpenAsync(FakeWikipedia.Status(403));
        using var model = new ScriptedChatClient("Thought: I search.\nAction: Search[nick park]");
        var domain = new HotPotQADomain([new("q", "When was Nick Park born?") { Answer = "1958" }], new() { Documents = wiki.Store });

        Episode episode = await ReflexionAgent.CreateBuilder(model).UseDomain(domain).Build().RunAsync(domain.Tasks[0]);

        episode.StopReason.Should().Be(StopReason.Failed);
        episode.Failure!.Message.Should().Contain("127.0.0.1 answered with status 403.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("MyStudy/1.0")]
    [InlineData("MyStudy/1.0 (me@example.org")]
    [InlineData("bad\nagent (me@example.org)")]
    public void Options_that_do_not_say_who_asks_are_refused(string userAgent)
    {
        Action make = () => _ = new WikipediaOptions(userAgent);

        make.Should().Throw<ArgumentException>().WithParameterName(nameof(userAgent));
    }

    [Fact]
    public void A_web_address_says_who_asks_too() =>
        new WikipediaOptions("MyStudy/1.0 (https://example.org/study)").UserAgent.Should().Be("MyStudy/1.0 (https://example.org/study)");

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using var client = new HttpClient();
        var sound = new WikipediaOptions("MyStudy/1.0 (me@example.org)");
        WikipediaOptions[] wrong =
        [
            sound with { Endpoint = new("/w/api.php", UriKind.Relative) }, sound with { Endpoint = new("ftp://example.org/api.php") },
            sound with { Endpoint = new("https://example.org/api.php?x=1") }, sound with { Endpoint = null! }, sound with { SimilarTitles = -1 },
            sound with { SimilarTitles = 51 }, sound with { Pause = TimeSpan.FromTicks(-1) }, sound with { Timeout = TimeSpan.Zero }, sound with { MaxAttempts = 0 },
            sound with { MaxWait = TimeSpan.FromTicks(-1) }, sound with { MaxLag = 0 }, sound with { MaxReplyBytes = 1_023 }, sound with { MaxCached = 0 },
            sound with { CacheLifetime = TimeSpan.Zero }, sound with { MaxCachedInFolder = 0 },
        ];
        foreach (WikipediaOptions options in wrong)
        {
            Action make = () => new WikipediaStore(client, options).Dispose();
            make.Should().Throw<ArgumentException>();
        }
    }
}
