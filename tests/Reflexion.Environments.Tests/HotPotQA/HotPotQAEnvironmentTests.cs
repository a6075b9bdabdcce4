using Reflexion.Environments;

namespace Reflexion.Tests;

public sealed class HotPotQAEnvironmentTests : IAsyncDisposable
{
    private const string NoSuchAction = "There is no such action. The actions are Search[title], Lookup[text] and Finish[answer]; write one of them with its argument in square brackets.";

    private readonly HotPotQAEnvironment _environment = new(HotPotQASamples.Store());

    [Fact]
    public async Task A_search_shows_the_first_five_sentences() =>
        (await StepAsync("Search", "Léa Brück")).Should().Be(
            new Observation("Léa Brück was a composer. She wrote nine operas. Her teacher was Ian Moor. She never married. She painted."));

    [Fact]
    public async Task The_number_of_sentences_can_be_set()
    {
        var environment = new HotPotQAEnvironment(HotPotQASamples.Store(), observedSentences: 1);

        Observation seen = await environment.StepAsync(HotPotQASamples.Action("Search", "Léa Brück"), CancellationToken.None);

        seen.Text.Should().Be("Léa Brück was a composer.");
    }

    [Fact]
    public async Task A_lookup_goes_through_the_whole_page_that_was_found_last()
    {
        await StepAsync("Search", "Léa Brück");

        (await StepAsync("Lookup", "osterquay")).Should().Be(new Observation("(Result 1 / 2) She was born in Osterquay."));
        (await StepAsync("lookup", "osterquay")).Text.Should().Be("(Result 2 / 2) She left Osterquay in 1880.");
        (await StepAsync("Lookup", "osterquay")).Text.Should().Be("No more results.");
        await StepAsync("SEARCH", "The Tin Moon");
        (await StepAsync("Lookup", "osterquay")).Text.Should().Be("No results.");
    }

    [Fact]
    public async Task A_title_that_no_page_has_is_answered_in_the_papers_form()
    {
        var environment = new HotPotQAEnvironment(new ParagraphStore([new("Gino's East", ["Pizza."]), new("Gino East", ["Pizza."]), new("\"Gino's\" East!", ["Pizza."])]));

        Observation seen = await environment.StepAsync(HotPotQASamples.Action("Search", " Ginos Eats "), CancellationToken.None);

        seen.Text.Should().Be("""Could not find [Ginos Eats]. Similar: ["Gino's East", '"Gino\'s" East!', 'Gino East']""");
        seen.Integrity.Should().Be(TextIntegrity.Untrusted);
    }

    [Fact]
    public async Task Where_nothing_is_similar_the_agent_is_told_what_to_search_for() =>
        (await StepAsync("Search", "zzz")).Text.Should().Be("Could not find [zzz], nor any title like it. Search for the name of one person, place, work or thing.");

    [Fact]
    public async Task A_title_without_end_is_quoted_in_part() =>
        (await StepAsync("Search", new string('z', 5_000))).Text.Should().StartWith($"Could not find [{new string('z', 200)}…], nor");

    [Fact]
    public async Task A_search_that_finds_nothing_closes_the_page()
    {
        await StepAsync("Search", "Léa Brück");
        await StepAsync("Search", "nobody");

        (await StepAsync("Lookup", "born")).Text.Should().Be("The last search found no page, so there is nothing to look up in. Search for one of the similar titles first: Search[title].");
    }

    [Fact]
    public async Task A_page_without_text_says_so()
    {
        var environment = new HotPotQAEnvironment(new ParagraphStore([new("Blank", [])]));

        (await environment.StepAsync(HotPotQASamples.Action("Search", "blank"), CancellationToken.None)).Text.Should().Be("The page [Blank] holds no text.");
    }

    [Theory]
    [InlineData("Lookup", "born", "No page is open. Search for one first: Search[title].")]
    [InlineData("Search", " ", "Your search is empty. Write the title of a page between the brackets: Search[title].")]
    [InlineData("Search", null, "Your search is empty. Write the title of a page between the brackets: Search[title].")]
    [InlineData("Open", "Léa Brück", NoSuchAction)]
    [InlineData(null, "Léa Brück", NoSuchAction)]
    public async Task What_cannot_be_done_is_explained_in_trusted_words(string? name, string? argument, string explanation)
    {
        Observation seen = await _environment.StepAsync(new AgentAction("x") { Name = name, Argument = argument }, CancellationToken.None);

        seen.Should().Be(new Observation(explanation) { Integrity = TextIntegrity.Trusted });
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData(null)]
    public async Task An_empty_lookup_is_explained(string? text)
    {
        await StepAsync("Search", "Léa Brück");

        (await StepAsync("Lookup", text)).Text.Should().Be("Your lookup is empty. Write the words to find on the page between the brackets: Lookup[text].");
    }

    [Fact]
    public async Task An_answer_that_gets_here_ends_the_trial() =>
        (await StepAsync("Finish", "Osterquay")).Should().Be(new Observation("The trial is over.") { IsTerminal = true, Integrity = TextIntegrity.Trusted });

    [Fact]
    public async Task A_reset_starts_afresh()
    {
        await StepAsync("Search", "Léa Brück");

        Observation start = await _environment.ResetAsync(new AgentTask("q", "Who?"), CancellationToken.None);

        start.Text.Should().BeEmpty();
        (await StepAsync("Lookup", "born")).Text.Should().Be("No page is open. Search for one first: Search[title].");
    }

    [Fact]
    public void Bad_arguments_are_refused()
    {
        ((Action)(() => _ = new HotPotQAEnvironment(null!))).Should().Throw<ArgumentNullException>();
        ((Action)(() => _ = new HotPotQAEnvironment(HotPotQASamples.Store(), 0))).Should().Throw<ArgumentOutOfRangeException>();
    }

    public ValueTask DisposeAsync() => _environment.DisposeAsync();

    private async Task<Observation> StepAsync(string name, string? argument) => await _environment.StepAsync(HotPotQASamples.Action(name, argument), CancellationToken.None);
}
