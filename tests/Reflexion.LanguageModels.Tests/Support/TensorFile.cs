using System.Runtime.InteropServices;
using System.Text.Json;

namespace Reflexion.Tests;

/// <summary>The float tensors of a safetensors file, read in the simplest way.</summary>
internal sealed class TensorFile
{
    private readonly Dictionary<string, (int[] Shape, float[] Numbers)> _tensors = new(StringComparer.Ordinal);

    public TensorFile(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int header = (int)BitConverter.ToInt64(bytes);
        using JsonDocument json = JsonDocument.Parse(bytes.AsMemory(8, header));
        foreach (JsonProperty tensor in json.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__"))
        {
            int[] shape = [.. tensor.Value.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
            int[] offsets = [.. tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
            _tensors.Add(tensor.Name, (shape, MemoryMarshal.Cast<byte, float>(bytes.AsSpan(8 + header + offsets[0], offsets[1] - offsets[0])).ToArray()));
        }
    }

    public IEnumerable<string> Names => _tensors.Keys;

    public float[] this[string name] => _tensors[name].Numbers;

    public int[] ShapeOf(string name) => _tensors[name].Shape;
}
