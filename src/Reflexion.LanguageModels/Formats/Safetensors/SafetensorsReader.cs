using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A safetensors file, mapped: its tensors where they lie.</summary>
internal sealed unsafe class SafetensorsReader : IDisposable
{
    private readonly MappedFile _file;
    private readonly FrozenDictionary<string, StoredTensor> _byName;

    private SafetensorsReader(MappedFile file, SafetensorsHeader header)
    {
        _file = file;
        Metadata = header.Metadata;
        Tensors = [.. header.Entries.Select(entry => Place(file, header.DataStart, entry))];
        _byName = Tensors.ToFrozenDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The path.</summary>
    public string Name => _file.Path;

    /// <summary>What the writer noted.</summary>
    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>All tensors, in the header's order.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>Opens a file. The header is read and checked; nothing of the tensors is.</summary>
    /// <exception cref="ModelFormatException">The file is no safetensors file, is damaged, or has tensors of types that are not supported.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static SafetensorsReader Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            SafetensorsHeader header = SafetensorsHeader.Read(file);
            TensorPlacement.Check(path, [.. header.Entries.Select(entry => entry.Placement)], file.Length - header.DataStart);
            return new(file, header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public StoredTensor? Find(string name) => _byName.GetValueOrDefault(name);

    public void Dispose() => _file.Dispose();

    private static StoredTensor Place(MappedFile file, long dataStart, SafetensorsEntry entry) => new(
        entry.Placement.Name, entry.Type, entry.Shape, file.Start + dataStart + entry.Placement.Offset, entry.Placement.ByteCount);
}
