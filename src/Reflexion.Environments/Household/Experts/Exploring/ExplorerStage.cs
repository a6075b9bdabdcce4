namespace Reflexion.Environments;

/// <summary>What an explorer is about.</summary>
internal enum ExplorerStage
{
    Search,
    Fetch,
    Treat,
    Place,
    Light,
    PutAway,
    Recover,
    Wander,
}
