using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>One sandbox for all tests of a class. It contains what runs in it, or the tests fail before anything hostile runs.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    internal ProcessSandbox Sandbox { get; private set; } = null!;

    public async Task InitializeAsync() => Sandbox = await ProcessSandbox.CreateAsync(new ProcessSandboxOptions { RequireContainment = Namespaces.AreAllowed });

    public async Task DisposeAsync() => await Sandbox.DisposeAsync();
}
