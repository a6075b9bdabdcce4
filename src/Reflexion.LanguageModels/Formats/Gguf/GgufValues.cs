namespace Reflexion.LanguageModels;

/// <summary>Reads metadata values: scalars as themselves, arrays as arrays of their type, arrays of arrays as <c>object[]</c>.</summary>
internal sealed class GgufValues(GgufCursor cursor)
{
    private long _elements;

    public object Read(string key) => Read(ReadType(key), key, 0);

    private object Read(GgufValueType type, string key, int depth) => type switch
    {
        GgufValueType.UInt8 => cursor.Read<byte>(key),
        GgufValueType.Int8 => cursor.Read<sbyte>(key),
        GgufValueType.UInt16 => cursor.Read<ushort>(key),
        GgufValueType.Int16 => cursor.Read<short>(key),
        GgufValueType.UInt32 => cursor.Read<uint>(key),
        GgufValueType.Int32 => cursor.Read<int>(key),
        GgufValueType.Float32 => cursor.Read<float>(key),
        GgufValueType.Bool => cursor.Read<byte>(key) != 0,
        GgufValueType.String => cursor.ReadText(key),
        GgufValueType.Array => ReadArray(key, depth + 1),
        GgufValueType.UInt64 => cursor.Read<ulong>(key),
        GgufValueType.Int64 => cursor.Read<long>(key),
        _ => cursor.Read<double>(key),
    };

    private Array ReadArray(string key, int depth)
    {
        long at = cursor.Position;
        if (depth > GgufLimits.ArrayDepth)
        {
            throw cursor.Wrong(at, $"the metadata '{key}' has arrays in arrays, more than {GgufLimits.ArrayDepth} deep");
        }

        GgufValueType type = ReadType(key);
        int count = cursor.ReadCount($"elements of the metadata '{key}'", GgufLimits.ArrayElements, LeastBytes(type));
        _elements += count;
        return _elements <= GgufLimits.ArrayElements
            ? ReadElements(type, count, key, depth)
            : throw cursor.Wrong(at, $"the metadata's arrays have more than {GgufLimits.ArrayElements} elements together ('{key}')");
    }

    private Array ReadElements(GgufValueType type, int count, string key, int depth) => type switch
    {
        GgufValueType.UInt8 => cursor.ReadAll<byte>(count, key),
        GgufValueType.Int8 => cursor.ReadAll<sbyte>(count, key),
        GgufValueType.UInt16 => cursor.ReadAll<ushort>(count, key),
        GgufValueType.Int16 => cursor.ReadAll<short>(count, key),
        GgufValueType.UInt32 => cursor.ReadAll<uint>(count, key),
        GgufValueType.Int32 => cursor.ReadAll<int>(count, key),
        GgufValueType.Float32 => cursor.ReadAll<float>(count, key),
        GgufValueType.Bool => Array.ConvertAll(cursor.ReadAll<byte>(count, key), value => value != 0),
        GgufValueType.String => Each(count, () => cursor.ReadText(key)),
        GgufValueType.Array => Each<object>(count, () => ReadArray(key, depth + 1)),
        GgufValueType.UInt64 => cursor.ReadAll<ulong>(count, key),
        GgufValueType.Int64 => cursor.ReadAll<long>(count, key),
        _ => cursor.ReadAll<double>(count, key),
    };

    private static T[] Each<T>(int count, Func<T> read)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = read();
        }

        return values;
    }

    private GgufValueType ReadType(string key)
    {
        long at = cursor.Position;
        uint code = cursor.Read<uint>(key);
        return code <= (uint)GgufValueType.Float64 ? (GgufValueType)code : throw cursor.Wrong(at, $"the metadata '{key}' has the type {code}, which GGUF does not know");
    }

    private static int LeastBytes(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => sizeof(byte),
        GgufValueType.UInt16 or GgufValueType.Int16 => sizeof(ushort),
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => sizeof(uint),
        GgufValueType.Array => sizeof(uint) + sizeof(ulong),
        _ => sizeof(ulong),
    };
}
