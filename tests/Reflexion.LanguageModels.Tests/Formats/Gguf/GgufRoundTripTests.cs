using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

public sealed class GgufRoundTripTests
{
    private static readonly KeyValuePair<string, object>[] s_everyType =
    [
        new("u8", (byte)200), new("i8", (sbyte)-100), new("u16", (ushort)60_000), new("i16", (short)-30_000), new("u32", 4_000_000_000u), new("i32", -2_000_000_000),
        new("f32", 1.5f), new("true", true), new("false", false), new("text", "Grüße, 世界 😀"), new("u64", ulong.MaxValue), new("i64", long.MinValue), new("f64", Math.PI),
        new("bytes", new byte[] { 1, 2 }), new("sbytes", new sbyte[] { -1 }), new("u16s", new ushort[] { 1 }), new("i16s", new short[] { -1 }), new("u32s", new uint[] { 1 }),
        new("ints", new[] { -1, 0, 1 }), new("floats", new[] { 0.5f }), new("truths", new[] { true, false }), new("texts", new[] { "", "a" }), new("u64s", new ulong[] { 1 }),
        new("longs", new[] { -1L }), new("doubles", new[] { 0.25 }), new("none", Array.Empty<string>()),
        new("nested", new object[] { new[] { 1, 2 }, new[] { "a" }, new object[] { new[] { 0.5f } } }),
    ];

    [Fact]
    public async Task Metadata_of_every_type_comes_back_as_it_was()
    {
        using var folder = new TemporaryFolder();

        await GgufWriter.WriteAsync(folder.File("a.gguf"), s_everyType, []);

        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));
        file.Metadata.Values.Should().HaveCount(s_everyType.Length);
        foreach ((string key, object value) in s_everyType)
        {
            file.Metadata.Values[key].Should().BeEquivalentTo(value, options => options.WithStrictOrdering(), key);
            file.Metadata.Values[key].Should().BeOfType(value.GetType());
        }
    }

    [Theory]
    [InlineData(StorageType.F32)]
    [InlineData(StorageType.F16)]
    [InlineData(StorageType.BF16)]
    [InlineData(StorageType.Q8_0)]
    public async Task Tensors_come_back_as_their_type_rounds_them(StorageType type)
    {
        using var folder = new TemporaryFolder();
        NamedTensor tensor = SmallModels.Random("a", [3, 5, 64], new Random(3));

        await GgufWriter.WriteAsync(folder.File("a.gguf"), [new("general.alignment", 64u)], [(tensor, type), (tensor with { Name = "b" }, StorageType.F32)]);

        using GgufFile file = GgufFile.Open(folder.File("a.gguf"));
        file.Tensors.Select(stored => (stored.Name, stored.Type)).Should().Equal(("a", type), ("b", StorageType.F32));
        file.Tensors[0].Shape.Should().Equal(3, 5, 64);
        file.Tensors[1].Values().Should().Equal(tensor.Values.ToArray());
        file.Tensors[0].Values().Zip(tensor.Values.ToArray(), (read, written) => Math.Abs(read - written)).Max().Should().BeLessThan(type == StorageType.F32 ? float.Epsilon : 0.005f);
    }

    [Fact]
    public void Any_small_file_comes_back_as_it_was() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        async seed =>
        {
            using var folder = new TemporaryFolder();
            var random = new Random(seed);
            (NamedTensor, StorageType)[] tensors = [.. Enumerable.Range(0, random.Next(5)).Select(i =>
                (SmallModels.Random($"t{i}", [random.Next(1, 4), random.Next(1, 40)], random), StorageType.F32))];
            KeyValuePair<string, object>[] metadata = [.. Enumerable.Range(0, random.Next(5)).Select(i => KeyValuePair.Create<string, object>($"k{i}", Enumerable.Range(0, random.Next(4)).Select(_ => random.Next()).ToArray()))];

            await GgufWriter.WriteAsync(folder.File("a.gguf"), metadata, tensors);

            using GgufFile file = GgufFile.Open(folder.File("a.gguf"));
            file.Metadata.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal).Should().BeEquivalentTo(metadata);
            file.Tensors.Select(tensor => tensor.Name).Should().Equal(tensors.Select(tensor => tensor.Item1.Name));
            file.Tensors.SelectMany(tensor => tensor.Values()).Should().Equal(tensors.SelectMany(tensor => tensor.Item1.Values.ToArray()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public async Task What_cannot_be_written_is_refused_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        NamedTensor tensor = SmallModels.Random("a", [2, 32], new Random(1));
        var wrong = new (string Problem, KeyValuePair<string, object>[] Metadata, (NamedTensor, StorageType)[] Tensors)[]
        {
            ("*no type for DateTime*", [new("a", DateTime.UnixEpoch)], []),
            ("*no type for Object*", [new("a", new object())], []),
            ("*no type for Object*", [new("a", new object[] { 1 })], []),
            ("*'a' comes twice*", [new("a", 1), new("a", 2)], []),
            ("*'a' comes twice*", [], [(tensor, StorageType.F32), (tensor, StorageType.F32)]),
            ("*cannot be written as Q4_0*", [], [(tensor, StorageType.Q4_0)]),
            ("*cannot be stored as Q8_0*", [], [(tensor with { Shape = [4, 16] }, StorageType.Q8_0)]),
            ("*of shape [2, 31] has 64 numbers*", [], [(tensor with { Shape = [2, 31] }, StorageType.F32)]),
            ("*1 to 4 dimensions*", [], [(tensor with { Shape = [2, 1, 1, 1, 32] }, StorageType.F32)]),
        };
        foreach ((string problem, KeyValuePair<string, object>[] metadata, (NamedTensor, StorageType)[] tensors) in wrong)
        {
            await FluentActions.Awaiting(() => GgufWriter.WriteAsync(folder.File("a.gguf"), metadata, tensors)).Should().ThrowAsync<ArgumentException>().WithMessage(problem);
        }

        Directory.EnumerateFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task A_write_that_is_cancelled_leaves_what_was_there()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("a.gguf"), "before");

        await FluentActions.Awaiting(() => GgufWriter.WriteAsync(folder.File("a.gguf"), [], [], new(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        Directory.EnumerateFiles(folder.Path).Should().ContainSingle();
        (await File.ReadAllTextAsync(folder.File("a.gguf"))).Should().Be("before");
    }
}
