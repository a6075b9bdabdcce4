using System.Text;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class SafetensorsRoundTripTests
{
    [Theory]
    [InlineData(StorageType.F32)]
    [InlineData(StorageType.F16)]
    [InlineData(StorageType.BF16)]
    public async Task Tensors_come_back_as_their_type_rounds_them(StorageType type)
    {
        using var folder = new TemporaryFolder();
        NamedTensor[] tensors = [SmallModels.Random("a \"quoted\" näme", [3, 5], new Random(1)), new("empty", [0, 4], Array.Empty<float>()), SmallModels.Random("scalar", [], new Random(2))];

        await SafetensorsWriter.WriteAsync(folder.File("a.safetensors"), tensors, type);

        using SafetensorsReader file = SafetensorsReader.Open(folder.File("a.safetensors"));
        file.Metadata.Should().Equal(new Dictionary<string, string> { ["format"] = "pt" });
        file.Tensors.Select(tensor => (tensor.Name, tensor.Type)).Should().Equal(tensors.Select(tensor => (tensor.Name, type)));
        file.Tensors.Zip(tensors).Should().OnlyContain(pair => pair.First.Shape.SequenceEqual(pair.Second.Shape));
        file.Find("scalar")!.Values().Should().HaveCount(1);
        file.Tensors[0].Values().Zip(tensors[0].Values.ToArray(), (read, written) => Math.Abs(read - written)).Max().Should().BeLessThan(type == StorageType.F32 ? float.Epsilon : 0.002f);
    }

    [Fact]
    public async Task The_data_begins_at_a_multiple_of_eight()
    {
        using var folder = new TemporaryFolder();
        for (int length = 1; length < 10; length++)
        {
            await SafetensorsWriter.WriteAsync(folder.File("a"), [SmallModels.Random(new string('n', length), [1], new Random(1))]);

            byte[] bytes = await File.ReadAllBytesAsync(folder.File("a"));
            long header = BitConverter.ToInt64(bytes);
            (header % 8).Should().Be(0);
            bytes.Length.Should().Be((int)header + 8 + 4);
            Encoding.UTF8.GetString(bytes, 8, (int)header).TrimEnd(' ').Should().StartWith("{\"__metadata__\":{\"format\":\"pt\"},\"n").And.EndWith("\"data_offsets\":[0,4]}}");
        }
    }

    [Fact]
    public async Task What_cannot_be_written_is_refused_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        NamedTensor tensor = SmallModels.Random("a", [2, 32], new Random(1));

        await Refused("*'a' is taken*", StorageType.F32, tensor, tensor);
        await Refused("*'__metadata__' is taken*", StorageType.F32, tensor with { Name = "__metadata__" });
        await Refused("*F32, F16 and BF16*", StorageType.Q8_0, tensor);
        await Refused("*of shape [3, 32] has 64 numbers*", StorageType.F32, tensor with { Shape = [3, 32] });
        Directory.EnumerateFileSystemEntries(folder.Path).Should().BeEmpty();

        Task Refused(string problem, StorageType type, params NamedTensor[] tensors) =>
            FluentActions.Awaiting(() => SafetensorsWriter.WriteAsync(folder.File("a"), tensors, type)).Should().ThrowAsync<ArgumentException>().WithMessage(problem);
    }

    [Fact]
    public async Task Numbers_outside_the_heap_are_written_from_where_they_are()
    {
        using var folder = new TemporaryFolder();
        using var buffer = new NativeBuffer<float>(100_000);
        buffer.Span.Fill(0.25f);
        buffer.Span[^1] = 7;

        await SafetensorsWriter.WriteAsync(folder.File("a"), [new("a", [100_000], Floats(buffer).Memory)]);

        using SafetensorsReader file = SafetensorsReader.Open(folder.File("a"));
        file.Tensors[0].Values().Should().Equal(buffer.Span.ToArray());
    }

    private static unsafe NativeFloats Floats(NativeBuffer<float> buffer) => new(buffer.Pointer, (int)buffer.Length);
}
