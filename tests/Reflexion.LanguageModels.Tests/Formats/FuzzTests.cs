using FsCheck;
using FsCheck.Fluent;
using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>Whatever is done to a file, it is read as it was or refused, and no more memory is taken than its own size calls for.</summary>
public sealed class FuzzTests : IAsyncLifetime, IDisposable
{
    private const long BytesPerFileByte = 128;
    private const long BytesAnyway = 512 * 1024;

    private static readonly KeyValuePair<string, object>[] s_metadata =
    [
        new("general.architecture", "llama"), new("n", 7u), new("tokens", new[] { "a", "bc", "" }), new("nested", new object[] { new[] { 1, 2 }, new[] { "x" } }),
    ];

    private readonly TemporaryFolder _folder = new();
    private byte[] _gguf = [];
    private byte[] _safetensors = [];

    public async Task InitializeAsync()
    {
        var random = new Random(5);
        NamedTensor[] tensors = [SmallModels.Random("blk.0.attn_q.weight", [2, 32], random), SmallModels.Random("b", [3], random)];
        await GgufWriter.WriteAsync(_folder.File("sound.gguf"), s_metadata, [(tensors[0], StorageType.Q8_0), (tensors[1], StorageType.F32)]);
        await SafetensorsWriter.WriteAsync(_folder.File("sound.safetensors"), tensors);
        _gguf = await File.ReadAllBytesAsync(_folder.File("sound.gguf"));
        _safetensors = await File.ReadAllBytesAsync(_folder.File("sound.safetensors"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_gguf_file_cut_anywhere_is_refused_or_equal()
    {
        string sound = ReadGguf(_gguf)!;
        for (int length = 1; length < _gguf.Length; length++)
        {
            (ReadGguf(_gguf[..length]) ?? sound).Should().Be(sound);
        }
    }

    [Fact]
    public void A_safetensors_file_cut_anywhere_is_refused()
    {
        ReadSafetensors(_safetensors).Should().NotBeNull();
        for (int length = 1; length < _safetensors.Length; length++)
        {
            ReadSafetensors(_safetensors[..length]).Should().BeNull();
        }
    }

    [Fact]
    public void A_gguf_file_changed_anywhere_is_read_or_refused() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => ReadGguf(Changed(_gguf, new(seed)))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_safetensors_file_changed_anywhere_is_read_or_refused() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => ReadSafetensors(Changed(_safetensors, new(seed)))).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    // Bytes flipped, numbers made huge, pieces cut out, doubled or swapped for noise.
    private static byte[] Changed(byte[] bytes, Random random)
    {
        byte[] changed = [.. bytes];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(changed.Length);
            switch (random.Next(5))
            {
                case 0: changed[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: changed.AsSpan(at, Math.Min(8, changed.Length - at)).Fill(random.Next(2) == 0 ? (byte)0xff : (byte)0x7f); break;
                case 2: changed = [.. changed[..at], .. changed[Math.Min(changed.Length, at + random.Next(1, 20))..], 0]; break;
                case 3: changed = [.. changed[..at], .. changed[Math.Max(0, at - random.Next(1, 20))..]]; break;
                default: random.NextBytes(changed.AsSpan(at, Math.Min(random.Next(1, 20), changed.Length - at))); break;
            }
        }

        return changed;
    }

    private string? ReadGguf(byte[] bytes) => Read(bytes, path =>
    {
        using GgufFile file = GgufFile.Open(path);
        return string.Join('\n', file.Tensors.Select(Text).Concat(file.Metadata.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}")));
    });

    private string? ReadSafetensors(byte[] bytes) => Read(bytes, path =>
    {
        using SafetensorsReader file = SafetensorsReader.Open(path);
        return string.Join('\n', file.Tensors.Select(Text));
    });

    private string? Read(byte[] bytes, Func<string, string> read)
    {
        string path = _folder.File("changed");
        File.WriteAllBytes(path, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            return read(path);
        }
        catch (ModelFormatException)
        {
            return null;
        }
        finally
        {
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan((bytes.Length * BytesPerFileByte) + BytesAnyway);
        }
    }

    private static string Text(StoredTensor tensor) => $"{tensor.Name} {tensor.Type} {string.Join(',', tensor.Shape)} {string.Join(' ', tensor.Values())}";
}
