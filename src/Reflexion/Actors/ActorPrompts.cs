namespace Reflexion;

/// <summary>Writes the fixed part of a prompt, the same way for every actor.</summary>
internal static class ActorPrompts
{
    /// <summary>Puts together instructions, examples, the task's material and the task.</summary>
    /// <param name="instructions">The protocol, or null for none. Trusted: it is sent in the system role.</param>
    /// <param name="examples">Worked examples, or null for none. Trusted.</param>
    /// <param name="task">The task.</param>
    /// <param name="taskLabel">What stands before the instruction.</param>
    internal static ActorPrompt Create(string? instructions, string? examples, AgentTask task, string taskLabel)
    {
        ArgumentNullException.ThrowIfNull(task);
        var parts = new List<PromptPart>(4);
        if (!string.IsNullOrWhiteSpace(instructions))
        {
            parts.Add(new(PromptPartKind.Instructions, instructions, TextIntegrity.Trusted));
        }

        if (!string.IsNullOrWhiteSpace(examples))
        {
            // The frame around the examples is that of the papers' prompts.
            parts.Add(new(PromptPartKind.Examples, $"Here are some examples:\n{examples}\n(END OF EXAMPLES)", TextIntegrity.Trusted));
        }

        if (!string.IsNullOrWhiteSpace(task.Context))
        {
            parts.Add(new(PromptPartKind.Context, SafeFence.Wrap("context", task.Context), TextIntegrity.Untrusted));
        }

        parts.Add(new(PromptPartKind.Task, taskLabel + task.Instruction, TextIntegrity.Trusted));
        return new(parts);
    }
}
