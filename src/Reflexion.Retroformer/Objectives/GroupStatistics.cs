namespace Reflexion.Retroformer;

/// <summary>The rewards of one group: all refinements of one failure, say.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation, with one less than the count in the denominator; 0 of a single one.</param>
/// <param name="HasSignal">Whether any differ. A group without a signal has advantages of zero: skip and count it.</param>
public readonly record struct GroupStatistics(int Count, double Mean, double Deviation, bool HasSignal)
{
    internal static GroupStatistics Of(ReadOnlySpan<double> rewards)
    {
        double sum = 0;
        foreach (double reward in rewards)
        {
            sum += reward;
        }

        double mean = sum / rewards.Length;
        double squares = 0;
        bool differ = false;
        foreach (double reward in rewards)
        {
            squares += (reward - mean) * (reward - mean);
            differ |= reward != rewards[0];
        }

        return differ
            ? new(rewards.Length, mean, Math.Sqrt(squares / (rewards.Length - 1)), true)
            : new(rewards.Length, rewards[0], 0, false);
    }
}
