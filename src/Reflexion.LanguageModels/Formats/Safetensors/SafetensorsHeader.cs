using System.Collections.Immutable;
using System.Text.Json;

namespace Reflexion.LanguageModels;

/// <summary>What stands before the tensors' data: 8 bytes of length, and JSON that says where each tensor lies.</summary>
internal sealed record SafetensorsHeader(ImmutableArray<SafetensorsEntry> Entries, ImmutableDictionary<string, string> Metadata, long DataStart)
{
    public const string MetadataKey = "__metadata__";

    /// <summary>As the reference implementation has it.</summary>
    public const int MostBytes = 100_000_000;

    private const int MostDimensions = 8;

    /// <exception cref="ModelFormatException">The header is damaged, or names a type that is not supported.</exception>
    public static unsafe SafetensorsHeader Read(MappedFile file)
    {
        long length = ReadLength(file);
        var text = new ReadOnlySpan<byte>(file.Start + sizeof(ulong), (int)length);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.ToArray(), new() { AllowDuplicateProperties = false });
            return Read(file.Path, document.RootElement, sizeof(ulong) + length);
        }
        catch (JsonException wrong)
        {
            throw new ModelFormatException(file.Path, $"the header is not the JSON of safetensors: {wrong.Message} The file is damaged; download it again.", wrong);
        }
        catch (InvalidOperationException wrong)
        {
            throw new ModelFormatException(file.Path, $"a text in the header is not Unicode: {wrong.Message} The file is damaged; download it again.", wrong);
        }
    }

    private static unsafe long ReadLength(MappedFile file)
    {
        if (file.Length < sizeof(ulong))
        {
            throw new ModelFormatException(file.Path, $"the file has {file.Length} bytes, fewer than a safetensors header's length takes. Download it again.");
        }

        ulong length = Packed.Read<ulong>(file.Start);
        return length is >= 2 and <= MostBytes && length <= (ulong)(file.Length - sizeof(ulong))
            ? (long)length
            : throw new ModelFormatException(file.Path, $"the header claims {length} bytes; at most {Math.Min(MostBytes, file.Length - sizeof(ulong))} are possible. The file is no safetensors file, or is cut short; download it again.");
    }

    private static SafetensorsHeader Read(string source, JsonElement root, long dataStart)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(source, "the header is not a JSON object");
        }

        ImmutableArray<SafetensorsEntry>.Builder entries = ImmutableArray.CreateBuilder<SafetensorsEntry>();
        ImmutableDictionary<string, string> metadata = ImmutableDictionary<string, string>.Empty;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.NameEquals(MetadataKey))
            {
                metadata = ReadMetadata(source, property.Value);
            }
            else
            {
                entries.Add(ReadEntry(source, property.Name, property.Value));
            }
        }

        return new(entries.ToImmutable(), metadata, dataStart);
    }

    private static ImmutableDictionary<string, string> ReadMetadata(string source, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(property => property.Value.ValueKind == JsonValueKind.String)
            ? value.EnumerateObject().ToImmutableDictionary(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal)
            : throw Wrong(source, $"'{MetadataKey}' is not an object of strings");

    private static SafetensorsEntry ReadEntry(string source, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out JsonElement type) || type.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out JsonElement shape)
            || !value.TryGetProperty("data_offsets", out JsonElement offsets))
        {
            throw Wrong(source, $"the tensor '{name}' is not described by dtype, shape and data_offsets");
        }

        StorageType storage = SafetensorsTypes.Of(type.GetString()!, source, name);
        ImmutableArray<long> extents = Integers(source, name, shape, MostDimensions);
        ImmutableArray<long> range = Integers(source, name, offsets, 2);
        long bytes = TensorShape.Bytes(source, name, storage, extents);
        return range.Length == 2 && range[1] - range[0] == bytes
            ? new(new(name, range[0], bytes), storage, extents)
            : throw Wrong(source, $"the tensor '{name}' takes {bytes} bytes by its shape, but its data_offsets are {TensorShape.Text(range)}");
    }

    private static ImmutableArray<long> Integers(string source, string name, JsonElement value, int most)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most)
        {
            throw Wrong(source, $"the tensor '{name}' has no list of at most {most} numbers where one is expected");
        }

        ImmutableArray<long>.Builder numbers = ImmutableArray.CreateBuilder<long>(value.GetArrayLength());
        foreach (JsonElement element in value.EnumerateArray())
        {
            numbers.Add(element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number) && number >= 0
                ? number
                : throw Wrong(source, $"the tensor '{name}' has {element.ValueKind} {Shortened(element)} where a count is expected"));
        }

        return numbers.MoveToImmutable();
    }

    private static string Shortened(JsonElement element) => element.GetRawText() is { Length: > 40 } text ? string.Concat(text.AsSpan(0, 40), "…") : element.GetRawText();

    private static ModelFormatException Wrong(string source, string problem) => new(source, $"{problem}. The file is damaged; download it again.");
}
