namespace Reflexion.LanguageModels;

/// <summary>What stands before the numbers of a checkpoint.</summary>
/// <param name="Version">Of the format.</param>
/// <param name="Step">Updates so far.</param>
/// <param name="Passes">Forward passes so far, which dropout depends on.</param>
/// <param name="Length">Numbers of each of the three vectors.</param>
/// <param name="Training">All that decides the result, in words: shapes, options, seed.</param>
internal sealed record CheckpointHeader(int Version, long Step, long Passes, long Length, string Training)
{
    /// <summary>The version written.</summary>
    public const int CurrentVersion = 1;
}
