namespace Reflexion.Tests;

/// <summary>The audits that run in the page: a function each, which returns its findings.</summary>
internal static class PageScripts
{
    internal static string Read(string name)
    {
        using var reader = new StreamReader(typeof(PageScripts).Assembly.GetManifestResourceStream($"{name}.js")
            ?? throw new ArgumentException($"There is no audit '{name}'.", nameof(name)));
        return reader.ReadToEnd();
    }
}
