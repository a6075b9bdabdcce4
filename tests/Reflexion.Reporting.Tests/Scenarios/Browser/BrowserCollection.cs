namespace Reflexion.Tests;

/// <summary>Tests that share one browser and the reports shown in it; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<Chromium>, ICollectionFixture<SampleReports>
{
    public const string Name = "browser";
}
