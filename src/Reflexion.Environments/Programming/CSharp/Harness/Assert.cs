using System.Collections;
using System.Runtime.CompilerServices;

namespace Reflexion.Harness;

/// <summary>The assertions that tests may use. Collections are equal where their items are; sets and dictionaries whatever their order.</summary>
public static class Assert
{
    /// <summary>Fails unless the values are equal.</summary>
    public static void Equal(object? expected, object? actual) => Check(Same(expected, actual), $"expected {Show.Value(expected)}", actual);

    /// <summary>Fails unless the numbers are equal when rounded to so many decimals.</summary>
    public static void Equal(double expected, double actual, int precision) =>
        Check(Math.Round(expected, precision).Equals(Math.Round(actual, precision)), $"expected {Show.Value(expected)} to {precision} decimals", actual);

    /// <summary>Fails unless the values are equal.</summary>
    public static void AreEqual(object? expected, object? actual) => Equal(expected, actual);

    /// <summary>Fails where the values are equal.</summary>
    public static void NotEqual(object? unexpected, object? actual) => Check(!Same(unexpected, actual), $"expected another value than {Show.Value(unexpected)}", actual);

    /// <summary>Fails where the values are equal.</summary>
    public static void AreNotEqual(object? unexpected, object? actual) => NotEqual(unexpected, actual);

    /// <summary>Fails unless the condition holds.</summary>
    public static void True(bool condition, string? message = null) => Check(condition, message ?? "the condition does not hold", Remote.Last, isText: true);

    /// <summary>Fails unless the condition holds.</summary>
    public static void IsTrue(bool condition, string? message = null) => True(condition, message);

    /// <summary>Fails where the condition holds.</summary>
    public static void False(bool condition, string? message = null) => Check(!condition, message ?? "the condition holds", Remote.Last, isText: true);

    /// <summary>Fails where the condition holds.</summary>
    public static void IsFalse(bool condition, string? message = null) => False(condition, message);

    /// <summary>Fails unless the value is null.</summary>
    public static void Null(object? actual) => Check(actual is null, "expected null", actual);

    /// <summary>Fails where the value is null.</summary>
    public static void NotNull(object? actual) => Check(actual is not null, "expected a value", actual);

    /// <summary>Fails unless the collection is empty.</summary>
    public static void Empty(IEnumerable actual) => Check(!actual.GetEnumerator().MoveNext(), "expected nothing", actual);

    /// <summary>Fails unless the action throws an exception of that type or one derived from it.</summary>
    public static void Throws<T>(Action action)
        where T : Exception => Throws<T>(() =>
        {
            action();
            return null;
        });

    /// <summary>Fails unless the function throws an exception of that type or one derived from it.</summary>
    public static void Throws<T>(Func<object?> function)
        where T : Exception
    {
        object? value;
        try
        {
            value = function();
        }
        catch (T wrong) when (wrong is not GoneException)
        {
            return;
        }

        Check(false, $"expected a {typeof(T).Name}", value);
    }

    private static void Check(bool holds, string message, object? actual, bool isText = false)
    {
        if (!holds)
        {
            throw new AssertionException(message, isText ? actual as string : Show.Value(actual));
        }
    }

    private static bool Same(object? expected, object? actual) => (expected, actual) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string a, string b) => a == b,
        (ITuple a, ITuple b) => a.Length == b.Length && SameParts(a, b),
        (IDictionary a, IDictionary b) => SameEntries(a, b),
        (IEnumerable a, IEnumerable b) when expected is not string && actual is not string => IsSet(expected) && IsSet(actual) ? SameSet(a, b) : SameItems(a, b),
        (IConvertible a, IConvertible b) when IsNumber(a) && IsNumber(b) => SameNumber(a, b),
        _ => expected.Equals(actual),
    };

    private static bool IsNumber(IConvertible value) => value.GetTypeCode() is >= TypeCode.SByte and <= TypeCode.Decimal && value is not Enum;

    private static bool SameNumber(IConvertible a, IConvertible b) => a is double or float || b is double or float
        ? a.ToDouble(null).Equals(b.ToDouble(null)) || a.ToDouble(null) == b.ToDouble(null)
        : a.ToDecimal(null) == b.ToDecimal(null);

    private static bool SameParts(ITuple a, ITuple b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (!Same(a[i], b[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameItems(IEnumerable a, IEnumerable b)
    {
        IEnumerator left = a.GetEnumerator();
        IEnumerator right = b.GetEnumerator();
        while (left.MoveNext())
        {
            if (!right.MoveNext() || !Same(left.Current, right.Current))
            {
                return false;
            }
        }

        return !right.MoveNext();
    }

    private static bool IsSet(object value)
    {
        foreach (Type face in value.GetType().GetInterfaces())
        {
            if (face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ISet<>))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SameSet(IEnumerable a, IEnumerable b)
    {
        List<object?> rest = [];
        foreach (object? item in b)
        {
            rest.Add(item);
        }

        foreach (object? item in a)
        {
            int at = rest.FindIndex(other => Same(item, other));
            if (at < 0)
            {
                return false;
            }

            rest.RemoveAt(at);
        }

        return rest.Count == 0;
    }

    private static bool SameEntries(IDictionary a, IDictionary b)
    {
        foreach (DictionaryEntry entry in a)
        {
            if (!b.Contains(entry.Key) || !Same(entry.Value, b[entry.Key]))
            {
                return false;
            }
        }

        return a.Count == b.Count;
    }
}
