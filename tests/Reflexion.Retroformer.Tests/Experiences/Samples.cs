using Reflexion.Retroformer;

namespace Reflexion.Tests;

/// <summary>Small experiences.</summary>
internal static class Samples
{
    public static Experience Experience(string refinement, double before, double after) => new()
    {
        EpisodeId = "e1",
        TaskId = "t1",
        Trial = 2,
        Instructions = "Coach.",
        Prompt = "The mug was not found.",
        Refinement = refinement,
        ReturnBefore = before,
        ReturnAfter = after,
    };
}
