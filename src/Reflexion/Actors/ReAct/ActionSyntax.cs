namespace Reflexion;

/// <summary>How a model writes an action in text. The set of syntaxes is closed.</summary>
public abstract record ActionSyntax
{
    private protected ActionSyntax()
    {
    }

    /// <summary><c>Name[argument]</c>, as in the papers' question answering. Adjust it by <c>with</c>.</summary>
    public static BracketedActionSyntax Bracketed { get; } = new();

    /// <summary>The whole line is the action, as in ALFWorld (<c>go to desk 1</c>); the environment alone ends the trial.</summary>
    public static ActionSyntax FreeText { get; } = new FreeTextActionSyntax();

    /// <summary>The name of the action that gives the answer, or null where there is none.</summary>
    internal abstract string? FinishName { get; }

    /// <summary>How to write an action, for the instructions.</summary>
    internal abstract string Instructions { get; }

    /// <summary>What to tell a model whose reply holds no action.</summary>
    internal abstract string NoAction { get; }

    /// <summary>Reads the action that follows a label.</summary>
    /// <param name="reply">The whole reply.</param>
    /// <param name="start">The first character after the label.</param>
    /// <param name="end">The end of the block, exclusive.</param>
    internal abstract ActionReading Read(string reply, int start, int end);

    /// <summary>Reads a line without label that may be an action.</summary>
    /// <param name="reply">The whole reply.</param>
    /// <param name="start">Where the line starts.</param>
    /// <param name="end">Where it ends, exclusive.</param>
    /// <param name="isWholeReply">Whether nothing else was written.</param>
    /// <returns>The reading, or null where the line is prose.</returns>
    internal abstract ActionReading? ReadAlone(string reply, int start, int end, bool isWholeReply);

    internal abstract void Validate();
}
