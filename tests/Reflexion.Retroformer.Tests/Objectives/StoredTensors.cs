using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Reflexion.Tests;

/// <summary>The tensors of a safetensors file of single-precision numbers, read without the code under test.</summary>
internal static class StoredTensors
{
    public static Dictionary<string, double[]> Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, start - 8));
        return header.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__").ToDictionary(tensor => tensor.Name, tensor =>
        {
            tensor.Value.GetProperty("dtype").GetString().Should().Be("F32");
            JsonElement offsets = tensor.Value.GetProperty("data_offsets");
            Span<byte> bytes = file.AsSpan(start)[offsets[0].GetInt32()..offsets[1].GetInt32()];
            return MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(number => (double)number).ToArray();
        });
    }
}
