namespace Reflexion.Environments;

/// <summary>
/// The world of HotPotQA's ReAct agents (Yao et al. 2022, section 3.1): <c>Search[title]</c> shows the beginning of a page,
/// <c>Lookup[text]</c> the next sentence of that page that holds the text.
/// </summary>
/// <remarks>
/// <c>Finish[answer]</c> is the actor's own and never gets here; written all the same, it ends the trial. A page stays open until
/// the next search; one that finds nothing closes it. Over live pages, which may change, an interrupted trial that is driven again starts
/// afresh where one has.
/// </remarks>
public sealed class HotPotQAEnvironment : IReplayableEnvironment
{
    internal const string Search = "Search";
    internal const string Lookup = "Lookup";
    internal const string Finish = "Finish";

    private const string Actions = "Search[title], Lookup[text] and Finish[answer]";

    private readonly IDocumentStore _documents;
    private readonly int _observedSentences;
    private LookupCursor? _page;
    private bool _hasSearched;

    /// <summary>Creates an environment for one trial.</summary>
    /// <param name="documents">The pages to search. Not disposed of with the environment.</param>
    /// <param name="observedSentences">How many sentences of a page a search shows. Default 5, as in Yao et al. 2022; at least 1.</param>
    /// <exception cref="ArgumentNullException">The store is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of sentences is below 1.</exception>
    public HotPotQAEnvironment(IDocumentStore documents, int observedSentences = 5)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentOutOfRangeException.ThrowIfLessThan(observedSentences, 1);
        _documents = documents;
        _observedSentences = observedSentences;
    }

    /// <inheritdoc/>
    public ValueTask<Observation> ResetAsync(AgentTask task, CancellationToken cancellationToken)
    {
        (_page, _hasSearched) = (null, false);
        return ValueTask.FromResult(new Observation("") { Integrity = TextIntegrity.Trusted });
    }

    /// <inheritdoc/>
    public async ValueTask<Observation> StepAsync(AgentAction action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        string argument = action.Argument?.Trim() ?? "";
        return action.Name switch
        {
            { } name when Is(name, Search) => argument.Length > 0
                ? await SearchAsync(argument, cancellationToken).ConfigureAwait(false)
                : Say("Your search is empty. Write the title of a page between the brackets: Search[title]."),
            { } name when Is(name, Lookup) => LookUp(argument),
            { } name when Is(name, Finish) => Say("The trial is over.") with { IsTerminal = true },
            _ => Say($"There is no such action. The actions are {Actions}; write one of them with its argument in square brackets."),
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<Observation> SearchAsync(string title, CancellationToken cancellationToken)
    {
        DocumentSearch search = await _documents.SearchAsync(title, cancellationToken).ConfigureAwait(false);
        _hasSearched = true;
        _page = search.Page is { } page ? new(page) : null;
        return new(search.Page is { } found ? DocumentObservations.Found(found, _observedSentences) : DocumentObservations.NotFound(title, search.Similar));
    }

    private Observation LookUp(string text) =>
        _page is null && !_hasSearched ? Say("No page is open. Search for one first: Search[title].")
        : _page is null ? Say("The last search found no page, so there is nothing to look up in. Search for one of the similar titles first: Search[title].")
        : FoldedText.Of(text).Length == 0 ? Say("Your lookup is empty. Write the words to find on the page between the brackets: Lookup[text].")
        : new(_page.Next(text));

    private static bool Is(string name, string action) => name.Equals(action, StringComparison.OrdinalIgnoreCase);

    private static Observation Say(string text) => new(text) { Integrity = TextIntegrity.Trusted };
}
