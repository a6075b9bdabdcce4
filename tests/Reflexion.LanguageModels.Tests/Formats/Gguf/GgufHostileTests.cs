using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class GgufHostileTests
{
    private const uint F32 = 0;
    private const uint Q8 = 8;

    [Fact]
    public void A_file_that_is_sound_opens()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a.gguf"), new GgufBytes(2, 0).Tensor("a", F32, 0, 8).Tensor("b", Q8, 32, 32, 2).WithData(100));

        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));

        file.Tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.ByteCount)).Should().Equal(("a", StorageType.F32, 32), ("b", StorageType.Q8_0, 68));
        file.Tensors[1].Shape.Should().Equal(2, 32);
        file.Find("c").Should().BeNull();
    }

    [Fact]
    public void An_empty_file_is_refused() => Files.GgufError([]).Message.Should().Contain("is empty");

    [Fact]
    public void Another_kind_of_file_is_refused() =>
        Files.GgufError(new GgufBytes(0, 0, magic: 0x04034b50).ToArray()).Message.Should().Contain("does not begin with 'GGUF'");

    [Theory]
    [InlineData(1, "version 1 is not supported")]
    [InlineData(4, "version 4 is not supported")]
    [InlineData(0x03000000, "big-endian")]
    public void Other_versions_are_refused(uint version, string problem) => Files.GgufError(new GgufBytes(0, 0, version: version).ToArray()).Message.Should().Contain(problem);

    [Theory]
    [InlineData(ulong.MaxValue, 0, "tensors are claimed, more than")]
    [InlineData(1_000, 0, "1000 tensors are claimed, but only")]
    [InlineData(0, ulong.MaxValue, "metadata entries are claimed, more than")]
    [InlineData(0, 1_000, "1000 metadata entries are claimed, but only")]
    public void Huge_counts_are_refused(ulong tensors, ulong entries, string problem) =>
        Files.GgufError(new GgufBytes(tensors, entries).WithData(64)).Message.Should().Contain(problem);

    [Fact]
    public void A_text_longer_than_the_file_is_refused() =>
        Files.GgufError(new GgufBytes(0, 1).Text("key").Number(8).Long(5_000).ToArray()).Message.Should().Contain("5000 bytes of key are claimed, but only 0 bytes follow");

    [Fact]
    public void An_array_longer_than_the_file_is_refused() =>
        Files.GgufError(new GgufBytes(0, 1).Text("key").Number(9).Number(8).Long(1_000_000).WithData(64)).Message.Should().Contain("1000000 elements of the metadata 'key' are claimed");

    [Fact]
    public void An_array_longer_than_any_is_refused() =>
        Files.GgufError(new GgufBytes(0, 1).Text("key").Number(9).Number(0).Long(1ul << 40).WithData(64)).Message.Should().Contain("more than the 16777216 that are accepted");

    [Fact]
    public void Arrays_that_together_are_longer_than_any_are_refused()
    {
        byte[] half = new byte[10_000_000];
        byte[] bytes = new GgufBytes(0, 2).Text("one").Number(9).Number(0).Long(10_000_000).Raw(half).Text("two").Number(9).Number(0).Long(10_000_000).Raw(half).ToArray();

        Files.GgufError(bytes).Message.Should().Contain("more than 16777216 elements together ('two')");
    }

    [Fact]
    public void Arrays_in_arrays_end_at_a_depth()
    {
        GgufBytes bytes = new GgufBytes(0, 1).Text("key").Number(9);
        for (int depth = 0; depth < 1_000; depth++)
        {
            bytes.Number(9).Long(1);
        }

        Files.GgufError(bytes.ToArray()).Message.Should().Contain("'key' has arrays in arrays, more than 8 deep");
    }

    [Fact]
    public void An_unknown_type_of_metadata_is_refused() =>
        Files.GgufError(new GgufBytes(0, 1).Text("key").Number(13).WithData(32)).Message.Should().Contain("'key' has the type 13");

    [Fact]
    public void A_key_that_comes_twice_is_refused() =>
        Files.GgufError(new GgufBytes(0, 2).Text("key").Number(4).Number(1).Text("key").Number(4).Number(2).ToArray()).Message.Should().Contain("'key' comes a second time");

    [Fact]
    public void Names_that_are_empty_or_no_text_are_refused()
    {
        Files.GgufError(new GgufBytes(0, 1).Text("").Number(4).Number(1).ToArray()).Message.Should().Contain("a name is empty");
        Files.GgufError(new GgufBytes(0, 1).Long(2).Raw(0xc3, 0x28).Number(4).Number(1).ToArray()).Message.Should().Contain("a name is not UTF-8");
    }

    [Theory]
    [InlineData(7u)]
    [InlineData(0u)]
    [InlineData(48u)]
    [InlineData(1u << 21)]
    public void An_alignment_that_is_none_is_refused(uint alignment) =>
        Files.GgufError(new GgufBytes(0, 1).Text("general.alignment").Number(4).Number(alignment).ToArray()).Message.Should().Contain($"'general.alignment' is {alignment}");

    [Fact]
    public void Two_tensors_of_a_name_are_refused() =>
        Files.GgufError(new GgufBytes(2, 0).Tensor("a", F32, 0, 8).Tensor("a", F32, 32, 8).WithData(64)).Message.Should().Contain("the tensor 'a' comes a second time");

    [Fact]
    public void Overlapping_tensors_are_refused() =>
        Files.GgufError(new GgufBytes(2, 0).Tensor("a", F32, 0, 16).Tensor("b", F32, 32, 8).WithData(64)).Message.Should().Contain("'a' and 'b' overlap");

    [Theory]
    [InlineData(32ul, 9ul, "needs 36 bytes at 32 of the data, which has 64")]
    [InlineData(1ul << 62, 8ul, "needs 32 bytes at 4611686018427387904")]
    public void Tensors_beyond_the_end_are_refused(ulong offset, ulong extent, string problem) =>
        Files.GgufError(new GgufBytes(1, 0).Tensor("a", F32, offset, extent).WithData(64)).Message.Should().Contain(problem);

    [Theory]
    [InlineData(4ul)]
    [InlineData(ulong.MaxValue - 31)]
    public void Tensors_off_the_alignment_are_refused(ulong offset) =>
        Files.GgufError(new GgufBytes(1, 0).Tensor("a", F32, offset, 8).WithData(64)).Message.Should().Contain($"begins at {offset} of the data, which is not a multiple of 32");

    [Fact]
    public void A_shape_larger_than_any_memory_is_refused() =>
        Files.GgufError(new GgufBytes(1, 0).Tensor("a", F32, 0, 1ul << 40, 1ul << 40).WithData(64)).Message.Should()
            .Contain("the tensor 'a' of shape [1099511627776, 1099511627776] is larger than any memory");

    [Theory]
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    public void Extents_that_are_not_positive_are_refused(ulong extent) =>
        Files.GgufError(new GgufBytes(1, 0).Tensor("a", F32, 0, 8, extent).WithData(64)).Message.Should().Contain("positive ones are expected");

    [Fact]
    public void Too_few_or_many_dimensions_are_refused()
    {
        Files.GgufError(new GgufBytes(1, 0).Tensor("a", F32, 0).WithData(64)).Message.Should().Contain("has 0 dimensions; 1 to 4");
        Files.GgufError(new GgufBytes(1, 0).Tensor("a", F32, 0, 1, 1, 1, 1, 1).WithData(64)).Message.Should().Contain("has 5 dimensions; 1 to 4");
    }

    [Fact]
    public void Rows_that_are_no_whole_blocks_are_refused() =>
        Files.GgufError(new GgufBytes(1, 0).Tensor("a", Q8, 0, 48).WithData(64)).Message.Should().Contain("rows of 48 numbers, but Q8_0 stores 32 together");

    [Theory]
    [InlineData(16u, "IQ2_XXS")]
    [InlineData(39u, "MXFP4")]
    [InlineData(4u, "number 4")]
    public void Types_of_tensors_that_are_not_supported_are_refused_by_name(uint type, string name) =>
        Files.GgufError(new GgufBytes(1, 0).Tensor("a", type, 0, 256).WithData(64)).Message.Should().Contain($"the tensor 'a' is of type {name}, which is not supported. Use a file of one of these: F32,");
}
