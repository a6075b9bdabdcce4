namespace Reflexion.Environments;

/// <summary>Pages that an agent can search by title. Used by many trials at once.</summary>
public interface IDocumentStore
{
    /// <summary>Finds the page of a title.</summary>
    /// <param name="title">The title as the agent wrote it. Not blank.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page, or the titles that come closest.</returns>
    ValueTask<DocumentSearch> SearchAsync(string title, CancellationToken cancellationToken);
}
