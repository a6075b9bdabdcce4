using Reflexion.Environments;

namespace Reflexion.Tests;

/// <summary>One sandbox for all tests of a class.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    internal ProcessSandbox Sandbox { get; private set; } = null!;

    public async Task InitializeAsync() => Sandbox = await ProcessSandbox.CreateAsync();

    public async Task DisposeAsync() => await Sandbox.DisposeAsync();
}
