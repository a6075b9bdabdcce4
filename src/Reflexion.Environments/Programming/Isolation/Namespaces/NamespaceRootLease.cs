namespace Reflexion.Environments;

/// <summary>The use of a root, until it is returned.</summary>
internal sealed record NamespaceRootLease(NamespaceRoot Root, Action Return);
