using System.Runtime.CompilerServices;

namespace Reflexion.Environments;

/// <summary>Refuses options that are out of range, by their names.</summary>
internal static class OptionCheck
{
    /// <summary>Refuses a number outside of a range.</summary>
    internal static void InRange(int value, int least, int most, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }

    /// <summary>Refuses a value that its enumeration does not name.</summary>
    internal static void Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"This is no {typeof(T).Name}.");
        }
    }
}
