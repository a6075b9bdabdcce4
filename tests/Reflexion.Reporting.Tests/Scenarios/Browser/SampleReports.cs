namespace Reflexion.Tests;

/// <summary>Reports that several tests look at, each written once when it is first asked for.</summary>
public sealed class SampleReports : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<SampleReport>> _plain;
    private readonly Lazy<Task<SampleReport>> _hostile;
    private readonly Lazy<Task<SampleReport>> _large;

    public SampleReports()
    {
        _plain = new(() => WriteAsync("plain", ExperimentSamples.Create()));
        _hostile = new(() => WriteAsync("hostile", HostileExperiment.Create(), HostileExperiment.Options));
        _large = new(() => WriteAsync("large", ExperimentSamples.Create(new() { Tasks = 150, Words = 60 })));
    }

    /// <summary>Harmless texts.</summary>
    internal Task<SampleReport> Plain => _plain.Value;

    /// <summary>Texts in every field that do harm where they are taken for markup, script or layout.</summary>
    internal Task<SampleReport> Hostile => _hostile.Value;

    /// <summary>A file of more than five megabytes.</summary>
    internal Task<SampleReport> Large => _large.Value;

    public void Dispose() => _folder.Dispose();

    private Task<SampleReport> WriteAsync(string name, ExperimentResult result, ReportOptions? options = null) =>
        SampleReport.WriteAsync(result, _folder.File($"{name}.html"), options);
}
