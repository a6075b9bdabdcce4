using System.Collections.Frozen;

namespace Reflexion.LanguageModels;

/// <summary>A GGUF file of version 2 or 3, mapped: its metadata, and its tensors where they lie.</summary>
internal sealed unsafe class GgufFile : IModelSource
{
    private readonly MappedFile _file;
    private readonly FrozenDictionary<string, StoredTensor> _byName;
    private TransformerConfig? _config;

    private GgufFile(MappedFile file, GgufHeader header)
    {
        _file = file;
        Metadata = header.Metadata;
        Tensors = [.. header.Tensors.Select(tensor => Place(file, header.DataStart, tensor))];
        _byName = Tensors.ToFrozenDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The path.</summary>
    public string Name => _file.Path;

    public GgufMetadata Metadata { get; }

    /// <summary>All tensors, in the file's order, under the file's names.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>What the metadata says of the model's shape. The tensors have been checked against it.</summary>
    /// <exception cref="ModelFormatException">The file holds no model of a supported architecture, or not all of it.</exception>
    public TransformerConfig Config => _config ??= ReadConfig();

    /// <summary>The tokenizer, as the metadata describes it.</summary>
    /// <exception cref="ModelFormatException">There is none, or it is of a kind that is not supported.</exception>
    public TokenizerSpec ReadTokenizer() => GgufTokenizer.Read(this);

    /// <summary>Opens a file. The header is read and checked; nothing of the tensors is.</summary>
    /// <exception cref="ModelFormatException">The file is not GGUF of version 2 or 3, or is damaged.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static GgufFile Open(string path)
    {
        MappedFile file = MappedFile.Open(path);
        try
        {
            GgufHeader header = GgufHeader.Read(new(path, file.Start, file.Length));
            TensorPlacement.Check(path, [.. header.Tensors.Select(tensor => tensor.Placement)], Math.Max(0, file.Length - header.DataStart));
            return new(file, header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The tensor of Hugging Face's name, or of the file's own.</summary>
    public StoredTensor? Find(string name) => _byName.GetValueOrDefault(GgufNames.FromHuggingFace(name) ?? name);

    public void Dispose() => _file.Dispose();

    private TransformerConfig ReadConfig()
    {
        TransformerConfig config = GgufConfig.Read(this);
        ModelShapes.Check(this, config);
        return config;
    }

    private static StoredTensor Place(MappedFile file, long dataStart, GgufTensorInfo tensor) => new(
        tensor.Placement.Name, tensor.Type, tensor.Shape, file.Start + dataStart + tensor.Placement.Offset, tensor.Placement.ByteCount);
}
