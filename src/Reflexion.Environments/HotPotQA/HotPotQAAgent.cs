namespace Reflexion.Environments;

/// <summary>How an agent works on HotPotQA: the three agents of Shinn et al. 2023, section 4.2.</summary>
public enum HotPotQAAgent
{
    /// <summary>Searches pages and looks up sentences before it answers: <c>Search[title]</c>, <c>Lookup[text]</c>, <c>Finish[answer]</c>.</summary>
    ReAct,

    /// <summary>Answers from what the model knows, after a thought: CoT.</summary>
    ChainOfThought,

    /// <summary>Answers from the paragraphs of the question, after a thought: CoT (GT).</summary>
    ChainOfThoughtWithContext,
}
