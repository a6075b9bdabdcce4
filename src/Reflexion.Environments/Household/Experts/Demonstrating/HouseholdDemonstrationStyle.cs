namespace Reflexion.Environments;

/// <summary>How a demonstration is written.</summary>
public enum HouseholdDemonstrationStyle
{
    /// <summary>
    /// As in the prompts of ReAct and Reflexion: <c>&gt; go to shelf 1</c>, and where a thought is worth it <c>&gt; think: …</c>,
    /// answered by <c>OK.</c>
    /// </summary>
    Papers,

    /// <summary>As a <see cref="ReActActor"/> has it: <c>Thought:</c> and <c>Action:</c> in each step, and numbered observations.</summary>
    ThoughtAction,
}
