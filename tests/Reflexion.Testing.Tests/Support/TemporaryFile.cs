namespace Reflexion.Testing.Tests;

/// <summary>A path in a folder of its own that vanishes with the test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reflexion-testing-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "cassettes", "calls.jsonl");

    public string[] Lines => File.ReadAllLines(Path);

    public string Text => File.ReadAllText(Path);

    public void Write(string text) => Write(System.Text.Encoding.UTF8.GetBytes(text));

    public void Write(byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllBytes(Path, bytes);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
