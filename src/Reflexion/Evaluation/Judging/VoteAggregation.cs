namespace Reflexion;

/// <summary>How the scores of several votes become one.</summary>
public enum VoteAggregation
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their median, which one wild vote cannot move; of an even number, the mean of the middle two.</summary>
    Median,
}
