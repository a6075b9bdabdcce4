namespace Reflexion;

/// <summary>An analysis as a document of its own.</summary>
/// <param name="Format">Which format it is.</param>
/// <param name="Version">Of which version.</param>
/// <param name="Analysis">The analysis.</param>
internal sealed record AnalysisDocument(string Format, int Version, ExperimentAnalysis Analysis)
{
    /// <summary>The name of the format.</summary>
    public const string Name = "reflexion-experiment-analysis";

    /// <summary>The version that is written.</summary>
    public const int CurrentVersion = 1;
}
