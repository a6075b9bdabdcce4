namespace Reflexion.Environments;

/// <summary>What MediaWiki's action API replies, in format version 2: as much of it as is needed.</summary>
internal sealed record MediaWikiReply
{
    public MediaWikiError? Error { get; init; }

    public MediaWikiQuery? Query { get; init; }
}
