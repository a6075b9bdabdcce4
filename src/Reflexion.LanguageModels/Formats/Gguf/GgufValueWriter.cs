using System.Text;

namespace Reflexion.LanguageModels;

/// <summary>Writes metadata values as <see cref="GgufValues"/> reads them.</summary>
internal sealed class GgufValueWriter(BinaryWriter writer)
{
    /// <summary>Writes a type and a value of it.</summary>
    /// <exception cref="ArgumentException">GGUF has no such type.</exception>
    public void Write(object value)
    {
        writer.Write((uint)TypeOf(value.GetType()));
        WriteBare(value);
    }

    public void WriteString(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private void WriteBare(object value)
    {
        switch (value)
        {
            case byte number: writer.Write(number); break;
            case sbyte number: writer.Write(number); break;
            case ushort number: writer.Write(number); break;
            case short number: writer.Write(number); break;
            case uint number: writer.Write(number); break;
            case int number: writer.Write(number); break;
            case float number: writer.Write(number); break;
            case bool truth: writer.Write(truth); break;
            case string text: WriteString(text); break;
            case ulong number: writer.Write(number); break;
            case long number: writer.Write(number); break;
            case double number: writer.Write(number); break;
            default: WriteArray((Array)value); break;
        }
    }

    private void WriteArray(Array values)
    {
        Type element = values.GetType().GetElementType()!;
        bool holdsArrays = element == typeof(object);
        writer.Write((uint)(holdsArrays ? GgufValueType.Array : TypeOf(element)));
        writer.Write((ulong)values.Length);
        foreach (object value in values)
        {
            WriteBare(!holdsArrays || value is Array ? value : throw Unknown(element));
        }
    }

    private static GgufValueType TypeOf(Type type) =>
        type == typeof(byte) ? GgufValueType.UInt8
        : type == typeof(sbyte) ? GgufValueType.Int8
        : type == typeof(ushort) ? GgufValueType.UInt16
        : type == typeof(short) ? GgufValueType.Int16
        : type == typeof(uint) ? GgufValueType.UInt32
        : type == typeof(int) ? GgufValueType.Int32
        : type == typeof(float) ? GgufValueType.Float32
        : type == typeof(bool) ? GgufValueType.Bool
        : type == typeof(string) ? GgufValueType.String
        : type == typeof(ulong) ? GgufValueType.UInt64
        : type == typeof(long) ? GgufValueType.Int64
        : type == typeof(double) ? GgufValueType.Float64
        : type.IsArray ? GgufValueType.Array
        : throw Unknown(type);

    private static ArgumentException Unknown(Type type) => new($"GGUF metadata has no type for {type.Name}.");
}
