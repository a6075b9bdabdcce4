using Microsoft.Extensions.AI;

namespace Reflexion.Environments;

/// <summary>The protocol of the programming domain. The defaults are those of Shinn et al. 2023, section 4.3, and its public code.</summary>
public sealed record ProgrammingOptions
{
    /// <summary>What a trial is told about the ones before it. Default: the last program with its test results, and the lesson.</summary>
    public ReflexionStrategy Strategy { get; init; } = ReflexionStrategy.LastAttemptAndReflexion;

    /// <summary>The most trials at a problem. Default 10; in [1, 1000].</summary>
    public int MaxTrials { get; init; } = 10;

    /// <summary>The most lessons in a prompt. Default 1; in [0, 100].</summary>
    public int MaxLessonsInPrompt { get; init; } = 1;

    /// <summary>The most unit tests of the agent's own; of more, as many are taken evenly from first to last. Default 6; in [1, 100].</summary>
    public int MaxTests { get; init; } = 6;

    /// <summary>Temperature and the like for writing programs; null (default) for the client's own.</summary>
    public ChatOptions? ProgramChatOptions { get; init; }

    /// <summary>Temperature and the like for writing unit tests; null (default) for the client's own.</summary>
    public ChatOptions? TestChatOptions { get; init; }

    internal void Validate()
    {
        OptionCheck.Defined(Strategy);
        OptionCheck.InRange(MaxTrials, 1, 1000);
        OptionCheck.InRange(MaxLessonsInPrompt, 0, 100);
        OptionCheck.InRange(MaxTests, 1, 100);
    }
}
