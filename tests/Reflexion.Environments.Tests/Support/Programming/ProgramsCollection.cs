namespace Reflexion.Tests;

/// <summary>Tests that run programs, one class after another: they share the machine's two cores, and time them.</summary>
[CollectionDefinition(Name)]
public sealed class ProgramsCollection : ICollectionFixture<Programs>
{
    public const string Name = "programs";
}
