using Reflexion.LanguageModels;
using Xunit.Abstractions;

namespace Reflexion.Tests;

/// <summary>Every tensor of the reference folders that hold tensors of storage types and their expected values.</summary>
public sealed class StorageTypesReferenceTests(ITestOutputHelper output)
{
    [SharedFact("models")]
    public void Every_tensor_equals_the_expected_values_within_one_rounding()
    {
        string[] folders = [.. Directory.EnumerateDirectories(SharedFolder.PathOf("models"))
            .Where(folder => File.Exists(Path.Combine(folder, "expected.safetensors")) && Directory.EnumerateFiles(folder, "*.gguf").Any())];
        folders.Should().NotBeEmpty();
        foreach (string folder in folders)
        {
            using GgufFile file = GgufFile.Open(Directory.EnumerateFiles(folder, "*.gguf").Single());
            using SafetensorsReader expected = SafetensorsReader.Open(Path.Combine(folder, "expected.safetensors"));
            file.Tensors.Select(tensor => tensor.Name).Should().BeEquivalentTo(expected.Tensors.Select(tensor => tensor.Name));
            foreach (StoredTensor tensor in file.Tensors)
            {
                Compare(tensor, expected.Find(tensor.Name)!);
            }
        }
    }

    private void Compare(StoredTensor tensor, StoredTensor expected)
    {
        tensor.Shape.Should().Equal(expected.Shape, tensor.Name);
        long[] apart = [.. tensor.Values().Zip(expected.Values(), StoredNumbers.Apart)];
        output.WriteLine($"{tensor.Type,-6} {apart.Length} numbers, {apart.Count(distance => distance > 0)} rounded otherwise");
        apart.Should().OnlyContain(distance => distance <= 1, tensor.Name);
    }
}
