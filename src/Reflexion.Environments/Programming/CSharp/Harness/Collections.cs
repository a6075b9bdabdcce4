using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace Reflexion.Harness;

/// <summary>Collections of the platform, read from JSON arrays.</summary>
internal static class Collections
{
    internal static object Read(JsonElement json, Type type)
    {
        Type item = ItemOf(type);
        Type listType = typeof(List<>).MakeGenericType(item);
        var list = (IList)Activator.CreateInstance(listType)!;
        foreach (JsonElement value in json.EnumerateArray())
        {
            list.Add(Codec.Read(value, item));
        }

        return type.IsAssignableFrom(listType) ? list : Make(type, item, list);
    }

    /// <summary>Makes what a caller passed equal to what came back, in place. What cannot be changed is left as it is.</summary>
    internal static void Update(object target, JsonElement json)
    {
        Type type = target.GetType();
        switch (target)
        {
            case Array array:
                var now = (Array)Codec.Read(json, type)!;
                Array.Copy(now, array, Math.Min(array.Length, now.Length));
                break;
            case IDictionary { IsReadOnly: false } map:
                var entries = (IDictionary)Read(json, type);
                map.Clear();
                foreach (DictionaryEntry entry in entries)
                {
                    map.Add(entry.Key, entry.Value);
                }

                break;
            case IList list:
                if (!list.IsReadOnly && !list.IsFixedSize)
                {
                    Refill(list.Clear, item => list.Add(item), Items(json, type));
                }

                break;
            default:
                MethodInfo? add = Adder(type);
                if (type.GetMethod("Clear", Type.EmptyTypes) is { } clear && add is not null)
                {
                    IList items = Items(json, type);
                    Refill(() => clear.Invoke(target, null), item => add.Invoke(target, [item]), add.Name == "Push" ? Reversed(items) : items);
                }

                break;
        }
    }

    private static IList Items(JsonElement json, Type type) => (IList)Read(json, typeof(List<>).MakeGenericType(ItemOf(type)));

    private static MethodInfo? Adder(Type type)
    {
        foreach (string name in (string[])["Add", "Enqueue", "AddLast", "Push"])
        {
            if (type.GetMethod(name, [ItemOf(type)]) is { } add)
            {
                return add;
            }
        }

        return null;
    }

    private static void Refill(Action clear, Action<object?> add, IList items)
    {
        clear();
        foreach (object? item in items)
        {
            add(item);
        }
    }

    private static object Make(Type type, Type item, IList list)
    {
        if (type.IsInterface)
        {
            return MakeInterface(type, item, list);
        }

        if (type.IsAssignableTo(typeof(IDictionary)))
        {
            var map = (IDictionary)Activator.CreateInstance(type)!;
            PropertyInfo key = item.GetProperty("Key")!;
            PropertyInfo value = item.GetProperty("Value")!;
            foreach (object pair in list)
            {
                map.Add(key.GetValue(pair)!, value.GetValue(pair));
            }

            return map;
        }

        bool isStack = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Stack<>);
        return Activator.CreateInstance(type, isStack ? Reversed(list) : list)
            ?? throw new NotSupportedException($"a value of type {type} cannot cross between a test and a program");
    }

    private static object MakeInterface(Type type, Type item, IList list)
    {
        Type[] arguments = type.GetGenericArguments();
        Type made = arguments.Length == 2 ? typeof(Dictionary<,>).MakeGenericType(arguments) : typeof(HashSet<>).MakeGenericType(arguments);
        return type.IsAssignableFrom(made)
            ? Make(made, item, list)
            : throw new NotSupportedException($"a value of type {type} cannot cross between a test and a program");
    }

    private static IList Reversed(IEnumerable items)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(ItemOf(items.GetType())))!;
        foreach (object? item in items)
        {
            list.Insert(0, item);
        }

        return list;
    }

    private static Type ItemOf(Type type)
    {
        if (type.IsInterface && type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        {
            return type.GetGenericArguments()[0];
        }

        foreach (Type face in type.GetInterfaces())
        {
            if (face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            {
                return face.GetGenericArguments()[0];
            }
        }

        return typeof(object);
    }
}
