using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>The sandbox and the languages that the tests of this folder share.</summary>
public sealed class Programs : IAsyncLifetime
{
    public ISandbox Sandbox { get; private set; } = null!;

    public PythonLanguage Python { get; private set; } = null!;

    public CSharpLanguage CSharp { get; private set; } = null!;

    /// <summary>The same with little patience, for programs that are not meant to come to an end.</summary>
    public CSharpLanguage HastyCSharp { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Sandbox = new WarmSandbox(await ProcessSandbox.CreateAsync(new() { RequireContainment = Namespaces.AreAllowed }), new() { Commands = 8 });
        Python = await PythonLanguage.CreateAsync(Sandbox);
        CSharp = new(Sandbox);
        HastyCSharp = new(Sandbox, new() { HiddenTestTimeout = TimeSpan.FromSeconds(4) });
    }

    public async Task DisposeAsync() => await Sandbox.DisposeAsync();
}
