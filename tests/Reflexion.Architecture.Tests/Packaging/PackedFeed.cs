using System.IO.Compression;

namespace Reflexion.Tests;

/// <summary>All packages, packed once from what the build left, into a folder of their own.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("reflexion-feed-");

    public string Log { get; private set; } = "";

    public async Task InitializeAsync()
    {
        (int exitCode, Log) = await Dotnet.RunAsync(
            "pack", "Reflexion.sln", "--no-build", "--no-restore", "--configuration", Repository.Configuration, "--output", _folder.FullName);
        exitCode.Should().Be(0, "packing must succeed, but it said: {0}", Log);
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Opens a package, or with <c>snupkg</c> its symbols.</summary>
    internal ZipArchive Open(string package, string extension = "nupkg") =>
        ZipFile.OpenRead(_folder.GetFiles($"{package}.*.{extension}").Single(file => char.IsAsciiDigit(file.Name[package.Length + 1])).FullName);
}
