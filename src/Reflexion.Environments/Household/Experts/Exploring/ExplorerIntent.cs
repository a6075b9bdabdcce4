namespace Reflexion.Environments;

/// <summary>What an explorer wants to do next.</summary>
/// <param name="Stage">What it is about.</param>
/// <param name="Verb">The first word of the command.</param>
/// <param name="Place">The receptacle of the command, or where it is done; null where there is none.</param>
/// <param name="Thing">The object it is about, or null.</param>
internal sealed record ExplorerIntent(ExplorerStage Stage, string Verb, SeenReceptacle? Place = null, string? Thing = null);
