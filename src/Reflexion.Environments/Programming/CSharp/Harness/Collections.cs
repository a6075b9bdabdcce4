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

    /// <summary>Makes what a caller passed equal to what came back, in place.</summary>
    internal static void Update(object target, JsonElement json)
    {
        object now = Codec.Read(json, target.GetType())!;
        switch (target)
        {
            case Array array:
                Array.Copy((Array)now, array, Math.Min(array.Length, ((Array)now).Length));
                break;
            case IList { IsReadOnly: false, IsFixedSize: false } list:
                list.Clear();
                foreach (object? item in (IEnumerable)now)
                {
                    list.Add(item);
                }

                break;
            case IDictionary { IsReadOnly: false } map:
                map.Clear();
                foreach (DictionaryEntry entry in (IDictionary)now)
                {
                    map.Add(entry.Key, entry.Value);
                }

                break;
            default:
                Refill(target, (IEnumerable)now);
                break;
        }
    }

    private static void Refill(object target, IEnumerable now)
    {
        Type type = target.GetType();
        MethodInfo? clear = type.GetMethod("Clear", Type.EmptyTypes);
        MethodInfo? add = type.GetMethod("Add", [ItemOf(type)]) ?? type.GetMethod("Enqueue", [ItemOf(type)]) ?? type.GetMethod("AddLast", [ItemOf(type)]) ?? type.GetMethod("Push", [ItemOf(type)]);
        if (clear is null || add is null)
        {
            return;
        }

        clear.Invoke(target, null);
        foreach (object? item in add.Name == "Push" ? Reversed(now) : now)
        {
            add.Invoke(target, [item]);
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
