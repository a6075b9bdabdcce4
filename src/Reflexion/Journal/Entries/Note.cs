namespace Reflexion;

/// <summary>The payload of an entry that says nothing but why.</summary>
/// <param name="Reason">Why.</param>
internal sealed record Note(string Reason);
