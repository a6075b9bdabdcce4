using System.Text;

namespace Reflexion.Tests;

public sealed class SafetensorsHostileTests
{
    [Theory]
    [InlineData("[]", "the header is not a JSON object")]
    [InlineData("{\"a\":", "is not the JSON of safetensors")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", "is not the JSON of safetensors")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F16","shape":[2],"data_offsets":[0,8]}}""", "is not the JSON of safetensors")]
    [InlineData("""{"a":7}""", "the tensor 'a' is not described by dtype, shape and data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "the tensor 'a' is not described by dtype, shape and data_offsets")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}}""", "the tensor 'a' is of type F64, which is not supported. Convert it to one of these: BF16, F16, F32.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}""", "the tensor 'a' takes 8 bytes by its shape, but its data_offsets are [0, 12]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "its data_offsets are [8, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8]}}""", "its data_offsets are [8]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", "no list of at most 2 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "has Number -2 where a count is expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", "has Number 1.5 where a count is expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", "has String \"2\" where a count is expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", "no list of at most 8 numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", "is larger than any memory")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}""", "the tensor 'a' needs 36 bytes at 0 of the data, which has 32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[28,36]}}""", "the tensor 'a' needs 8 bytes at 28 of the data, which has 32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"e":{"dtype":"F32","shape":[0],"data_offsets":[4,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "the tensors 'a' and 'b' overlap")]
    [InlineData("""{"__metadata__":{"a":1}}""", "'__metadata__' is not an object of strings")]
    [InlineData("""{"__metadata__":[]}""", "'__metadata__' is not an object of strings")]
    [InlineData("""{"a":{"dtype":"\ud800","shape":[2],"data_offsets":[0,8]}}""", "a text in the header is not Unicode")]
    public void A_header_that_is_wrong_is_refused(string header, string problem) => Files.SafetensorsError(Bytes(header)).Message.Should().Contain(problem);

    [Fact]
    public void Deeply_nested_headers_are_refused() =>
        Files.SafetensorsError(Bytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)))).Message.Should().Contain("is not the JSON of safetensors");

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    [InlineData(100_000_001L)]
    [InlineData(41L)]
    [InlineData(1L)]
    public void A_header_longer_than_the_file_is_refused(long claimed) =>
        Files.SafetensorsError([.. BitConverter.GetBytes(claimed), .. new byte[40]]).Message.Should().Contain($"the header claims {(ulong)claimed} bytes; at most 40 are possible");

    [Fact]
    public void Files_that_are_almost_empty_are_refused()
    {
        Files.SafetensorsError([]).Message.Should().Contain("the file is empty");
        Files.SafetensorsError([1, 2, 3]).Message.Should().Contain("the file has 3 bytes");
    }

    private static byte[] Bytes(string header) => [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[32]];
}
