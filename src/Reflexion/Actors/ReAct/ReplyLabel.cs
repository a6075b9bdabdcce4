namespace Reflexion;

/// <summary>What the label at the start of a line says about what follows.</summary>
internal enum ReplyLabel
{
    /// <summary>No label.</summary>
    None,

    /// <summary><c>Thought:</c></summary>
    Thought,

    /// <summary><c>Action:</c></summary>
    Action,

    /// <summary><c>Final Answer:</c></summary>
    FinalAnswer,

    /// <summary><c>Observation:</c>, or the tag that fences one.</summary>
    Observation,
}
