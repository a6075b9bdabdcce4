using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>The tensors of a safetensors file as arrays.</summary>
internal sealed class TensorFile
{
    private readonly Dictionary<string, float[]> _tensors;

    public TensorFile(string path)
    {
        using SafetensorsReader file = SafetensorsReader.Open(path);
        _tensors = file.Tensors.ToDictionary(tensor => tensor.Name, tensor => NamedTensor.Of(tensor).Values.ToArray(), StringComparer.Ordinal);
    }

    public float[] this[string name] => _tensors[name];
}
