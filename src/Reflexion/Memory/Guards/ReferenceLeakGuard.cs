namespace Reflexion;

/// <summary>Rejects a lesson that quotes a reference answer, so that an agent learns how to solve a task and not its solution.</summary>
/// <remarks>
/// <para>
/// Text, root cause and plan are compared with each reference as sequences of whole words: case, punctuation, diacritics, English
/// articles and spacing make no difference (SQuAD's normalisation); of a reference of more than eight words, eight in a row are a quotation. It does not matter whether the agent found the words by itself:
/// a reflector that guesses right still writes the answer into every later prompt, and the score then no longer measures the agent.
/// </para>
/// <para>
/// These references are not looked for, because quoting them tells nothing: <c>yes</c>, <c>no</c>, <c>true</c>, <c>false</c>; one
/// letter or digit, as in multiple choice; what has no words at all; and what the task's instruction, or its context, says itself
/// (the candidates of a comparison, a passage given to read).
/// </para>
/// <para>The reason names the reference by its number only. Thread-safe.</para>
/// </remarks>
public sealed class ReferenceLeakGuard : ILessonGuard
{
    /// <summary>
    /// Whether a reference that stands in <see cref="AgentTask.Context"/> may be quoted. Default true: the actor reads it there anyway.
    /// With false only the instruction exempts.
    /// </summary>
    public bool ContextExempts { get; init; } = true;

    /// <inheritdoc/>
    public ValueTask<string?> InspectAsync(LessonGuardContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        string lesson = GuardedText.Of(context.Lesson);
        string known = ContextExempts ? $"{context.Task.Instruction}\n{context.Task.Context}" : context.Task.Instruction;
        for (int i = 0; i < context.References.Length; i++)
        {
            string reference = context.References[i];
            if (ReferenceLeak.IsTelling(reference, known) && ReferenceLeak.IsIn(lesson, [reference]))
            {
                return new($"The lesson quotes reference answer {i + 1} of {context.References.Length}.");
            }
        }

        return default;
    }
}
