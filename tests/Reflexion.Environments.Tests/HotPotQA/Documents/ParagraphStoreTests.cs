using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class ParagraphStoreTests
{
    [Theory]
    [InlineData("Léa Brück")]
    [InlineData("lea bruck")]
    [InlineData(" LEA_BRÜCK ")]
    [InlineData("\"Léa Brück\"")]
    [InlineData("L&eacute;a Brück")]
    public async Task A_title_is_found_whatever_its_case_diacritics_and_quotes(string title) =>
        (await SearchAsync(HotPotQASamples.Store(), title)).Page!.Title.Should().Be("Léa Brück");

    [Fact]
    public async Task Of_titles_that_differ_in_case_alone_the_exact_one_is_found()
    {
        var store = new ParagraphStore([new("Creed", ["A belief."]), new("CREED", ["A band."])]);

        (await SearchAsync(store, "CREED")).Page!.Sentences.Should().Equal("A band.");
        (await SearchAsync(store, "Creed")).Page!.Sentences.Should().Equal("A belief.");
        (await SearchAsync(store, "creed")).Page!.Sentences.Should().Equal("A belief.");
    }

    [Fact]
    public async Task The_first_paragraph_of_a_title_counts()
    {
        ParagraphStore store = HotPotQASamples.Store();

        store.Pages.Select(page => page.Title).Should().Equal("The Tin Moon", "Léa Brück", "The Copper Moon", "Moon (disambiguation)");
        (await SearchAsync(store, "The Tin Moon")).Page!.Sentences.Should().Equal("The Tin Moon is an opera by Léa Brück.", "It was first performed in 1902.");
    }

    [Fact]
    public async Task Titles_spelled_alike_come_before_those_about_the_same()
    {
        DocumentSearch search = await SearchAsync(HotPotQASamples.Store(), "The Coper Moon");

        search.Page.Should().BeNull();
        search.Similar[0].Should().Be("The Copper Moon");
        search.Similar.Should().OnlyHaveUniqueItems().And.Contain("The Tin Moon").And.Contain("Moon (disambiguation)");
    }

    [Fact]
    public async Task Words_of_the_text_lead_to_a_title_too_and_those_of_a_title_weigh_more()
    {
        var store = new ParagraphStore([new("Alpha", ["A lighthouse stands here, by the sea."]), new("Lighthouse", ["A tower with a lamp by the sea."]), new("Beta", ["A mill."])]);

        (await SearchAsync(store, "lighthouse keeper")).Similar.Should().Equal("Lighthouse", "Alpha");
        (await SearchAsync(store, "zzz")).Similar.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task No_more_titles_are_named_than_asked_for(int limit)
    {
        var store = new ParagraphStore(HotPotQASamples.Store().Pages, similarTitles: limit);

        (await SearchAsync(store, "moon opera")).Similar.Should().HaveCount(limit);
    }

    [Fact]
    public async Task A_title_without_end_is_answered_all_the_same() =>
        (await SearchAsync(HotPotQASamples.Store(), "The Copper Moon " + new string('x', 1_000_000))).Similar.Should().Contain("The Copper Moon");

    [Fact]
    public async Task A_blank_title_and_a_cancelled_search_are_refused()
    {
        ParagraphStore store = HotPotQASamples.Store();
        Func<Task> blank = async () => await SearchAsync(store, " ");
        Func<Task> cancelled = async () => await store.SearchAsync("x", new CancellationToken(canceled: true));

        await blank.Should().ThrowAsync<ArgumentException>();
        await cancelled.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        ((Action)(() => _ = new ParagraphStore([], similarTitles: -1))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => _ = new DocumentPage(" ", []))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_page_has_its_sentences_trimmed_and_the_blank_ones_left_out() =>
        new DocumentPage("T", [" One. ", " ", "", "Two."]).Sentences.Should().Equal("One.", "Two.");

    private static async Task<DocumentSearch> SearchAsync(ParagraphStore store, string title) => await store.SearchAsync(title, CancellationToken.None);
}
