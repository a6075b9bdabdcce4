using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A folder as Hugging Face lays it out: <c>config.json</c>, and <c>model.safetensors</c> or the shards that <c>model.safetensors.index.json</c> names.</summary>
internal sealed class SafetensorsFolder : IModelSource
{
    public const string SingleFile = "model.safetensors";

    private readonly ImmutableArray<SafetensorsReader> _files;
    private readonly Dictionary<string, StoredTensor> _byName = new(StringComparer.Ordinal);

    private SafetensorsFolder(string path, TransformerConfig config, ImmutableArray<SafetensorsReader> files)
    {
        (Name, Config, _files) = (path, config, files);
        foreach (StoredTensor tensor in files.SelectMany(file => file.Tensors))
        {
            if (!_byName.TryAdd(tensor.Name, tensor))
            {
                throw new ModelFormatException(path, $"the tensor '{tensor.Name}' is in two files. Remove files that do not belong to the model.");
            }
        }
    }

    /// <summary>The folder's path.</summary>
    public string Name { get; }

    public TransformerConfig Config { get; }

    /// <summary>All tensors, file by file.</summary>
    public IEnumerable<StoredTensor> Tensors => _files.SelectMany(file => file.Tensors);

    /// <summary>Opens a folder: headers and configuration are read and checked against each other.</summary>
    /// <exception cref="ModelFormatException">A file is damaged, missing, or asks for what is not supported.</exception>
    /// <exception cref="IOException">A file is not there or cannot be read.</exception>
    public static SafetensorsFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TransformerConfig config = HuggingFaceConfig.Read(Path.Combine(path, HuggingFaceConfig.FileName));
        ImmutableArray<SafetensorsReader> files = OpenAll(ShardIndex.FilesOf(path));
        try
        {
            var folder = new SafetensorsFolder(path, config, files);
            ModelShapes.Check(folder, config);
            return folder;
        }
        catch
        {
            DisposeAll(files);
            throw;
        }
    }

    public StoredTensor? Find(string name) => _byName.GetValueOrDefault(name);

    public void Dispose() => DisposeAll(_files);

    private static ImmutableArray<SafetensorsReader> OpenAll(ImmutableArray<string> paths)
    {
        var files = new List<SafetensorsReader>();
        try
        {
            foreach (string path in paths)
            {
                files.Add(SafetensorsReader.Open(path));
            }

            return [.. files];
        }
        catch
        {
            DisposeAll(files);
            throw;
        }
    }

    private static void DisposeAll(IEnumerable<SafetensorsReader> files)
    {
        foreach (SafetensorsReader file in files)
        {
            file.Dispose();
        }
    }
}
