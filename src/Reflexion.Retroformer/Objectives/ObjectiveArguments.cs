using System.Runtime.CompilerServices;

namespace Reflexion.Retroformer;

/// <summary>The checks at the door of every objective.</summary>
internal static class ObjectiveArguments
{
    // A probability of one can come out of single precision as slightly more.
    private const float MostLogProb = 1e-3f;

    public static void SameLength(int expected, int actual, string name)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"There are {expected} tokens or samples but {actual} numbers in {name}; give one for each.", name);
        }
    }

    public static void LogProbs(ReadOnlySpan<float> logProbs, [CallerArgumentExpression(nameof(logProbs))] string name = "")
    {
        foreach (float logProb in logProbs)
        {
            if (!(float.IsFinite(logProb) && logProb <= MostLogProb))
            {
                throw new ArgumentException($"A log-probability is a finite number, at most 0, not {logProb}; a token that cannot be sampled has none.", name);
            }
        }
    }

    /// <summary>Log-probabilities of the same tokens under two policies.</summary>
    public static void Paired(ReadOnlySpan<float> logProbs, ReadOnlySpan<float> others, [CallerArgumentExpression(nameof(others))] string name = "")
    {
        LogProbs(logProbs);
        LogProbs(others, name);
        SameLength(logProbs.Length, others.Length, name);
    }

    public static void Finite(ReadOnlySpan<float> numbers, [CallerArgumentExpression(nameof(numbers))] string name = "")
    {
        foreach (float number in numbers)
        {
            Finite(number, name);
        }
    }

    public static void Finite(ReadOnlySpan<double> numbers, [CallerArgumentExpression(nameof(numbers))] string name = "")
    {
        foreach (double number in numbers)
        {
            Finite(number, name);
        }
    }

    public static void SomeFinite(ReadOnlySpan<double> numbers, [CallerArgumentExpression(nameof(numbers))] string name = "")
    {
        if (numbers.IsEmpty)
        {
            throw new ArgumentException($"There is nothing in {name}; give at least one number.", name);
        }

        Finite(numbers, name);
    }

    public static void Finite(double number, [CallerArgumentExpression(nameof(number))] string name = "")
    {
        if (!double.IsFinite(number))
        {
            throw new ArgumentException($"There is {number} in {name}, where only finite numbers belong; find out where it comes from before training on it.", name);
        }
    }

    public static void Share(double number, [CallerArgumentExpression(nameof(number))] string name = "") =>
        Require(number is >= 0 and <= 1, number, "in [0, 1]", name);

    public static void Coefficient(double number, [CallerArgumentExpression(nameof(number))] string name = "") =>
        Require(number is >= 0 and < double.PositiveInfinity, number, "a finite number, at least 0", name);

    public static void Positive(double number, [CallerArgumentExpression(nameof(number))] string name = "") =>
        Require(number is > 0 and < double.PositiveInfinity, number, "a finite number above 0", name);

    public static void Require(bool holds, double number, string range, string name)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, number, $"{name} is {range}.");
        }
    }
}
