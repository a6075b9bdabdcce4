namespace Reflexion;

/// <summary>Levels of confidence.</summary>
internal static class Confidence
{
    internal static double Check(double confidence) => confidence is > 0 and < 1
        ? confidence
        : throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A level of confidence lies in (0,1); 0.95 is usual.");
}
