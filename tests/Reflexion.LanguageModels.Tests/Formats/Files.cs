using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Opens files made of bytes, and says what came of it.</summary>
internal static class Files
{
    /// <summary>The error that opening the bytes gives.</summary>
    internal static ModelFormatException GgufError(byte[] bytes) => Error("file.gguf", bytes, path => GgufFile.Open(path).Dispose());

    internal static ModelFormatException SafetensorsError(byte[] bytes) => Error("file.safetensors", bytes, path => SafetensorsReader.Open(path).Dispose());

    internal static ModelFormatException Error(string name, byte[] bytes, Action<string> open)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        File.WriteAllBytes(path, bytes);
        ModelFormatException wrong = FluentActions.Invoking(() => open(path)).Should().Throw<ModelFormatException>().Which;
        wrong.SourceName.Should().Be(path);
        wrong.Message.Should().StartWith(path + ": ");
        return wrong;
    }
}
