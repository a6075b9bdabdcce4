using Microsoft.Extensions.AI;

namespace Reflexion.Environments;

/// <summary>How agents work on HotPotQA. The defaults are those of Shinn et al. 2023 (section 4.2) and of their code.</summary>
public sealed record HotPotQAOptions
{
    /// <summary>How the agent works. Default <see cref="HotPotQAAgent.ReAct"/>.</summary>
    public HotPotQAAgent Agent { get; init; }

    /// <summary>What a trial's return is; the other measure is recorded as the held-out evaluation. Default <see cref="HotPotQAScore.ExactMatch"/>.</summary>
    public HotPotQAScore Score { get; init; }

    /// <summary>Which paragraphs a chain of thought with context is given. Default <see cref="HotPotQAContext.Supporting"/>.</summary>
    public HotPotQAContext Context { get; init; }

    /// <summary>The pages ReAct searches; null (default) for the pooled paragraphs of all questions of the domain.</summary>
    public IDocumentStore? Documents { get; init; }

    /// <summary>The most steps in a ReAct trial. Default 6, as in the code of Shinn et al.; Yao et al. 2022 take 7. At least 1.</summary>
    public int MaxSteps { get; init; } = 6;

    /// <summary>How many sentences of a page a search shows. Default 5, as in Yao et al. 2022, section 3.1; at least 1.</summary>
    public int ObservedSentences { get; init; } = 5;

    /// <summary>
    /// The most input tokens in a call of a ReAct trial; before they are exceeded, observations are shortened. Default 16,000. The
    /// code of Shinn et al. ended a trial at 3,896, which is what the window of its model left. At least 1.
    /// </summary>
    public int MaxPromptTokens { get; init; } = 16_000;

    /// <summary>When a ReAct trial that leads nowhere is ended. Default: never before <see cref="MaxSteps"/>, as in the papers.</summary>
    public ProgressOptions Progress { get; init; } = new() { CycleRepeats = null, MaxStepsWithoutNews = null, MaxConsecutiveMalformed = null };

    /// <summary>
    /// The most trials on a question. Default 5, as in the code of Shinn et al.; their text gives a question up after 3 failures in a row. In
    /// [1, 1000].
    /// </summary>
    public int MaxTrials { get; init; } = 5;

    /// <summary>Ω, the most lessons in a prompt. Default 3, as in Shinn et al.; in [0, 100].</summary>
    public int MaxLessonsInPrompt { get; init; } = 3;

    /// <summary>
    /// The most characters of a trial that is reflected on. Default 6,400: the 1,600 tokens of the code of Shinn et al., at four
    /// characters a token. At least 200.
    /// </summary>
    public int MaxReflectedCharacters { get; init; } = 6_400;

    /// <summary>Whether observations are put between tags, see <see cref="ReActOptions.FenceObservations"/>. Default true.</summary>
    public bool FenceObservations { get; init; } = true;

    /// <summary>What to tell the model in the system role; null (default) for <see cref="HotPotQAPrompts"/>. Trusted text.</summary>
    public string? Instructions { get; init; }

    /// <summary>Worked examples; null (default) for those of <see cref="HotPotQAPrompts"/>, an empty text for none. Trusted text.</summary>
    public string? Examples { get; init; }

    /// <summary>Model, temperature and the like of the actor; null (default) for the client's own.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>Model, temperature and the like of the self-reflector; null (default) for the client's own.</summary>
    public ChatOptions? ReflectorChatOptions { get; init; }

    internal void Validate()
    {
        OptionCheck.Defined(Agent);
        OptionCheck.Defined(Score);
        OptionCheck.Defined(Context);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ObservedSentences, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPromptTokens, 1);
        ArgumentNullException.ThrowIfNull(Progress);
        OptionCheck.InRange(MaxTrials, 1, 1000);
        OptionCheck.InRange(MaxLessonsInPrompt, 0, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReflectedCharacters, 200);
    }
}
