namespace Reflexion.LanguageModels;

/// <summary>A prompt leaves no room in the model's context.</summary>
public sealed class PromptTooLongException : ArgumentException
{
    /// <summary>Creates an error without figures.</summary>
    public PromptTooLongException()
        : this("The prompt exceeds the model's maximum context length.")
    {
    }

    /// <summary>Creates an error without figures.</summary>
    /// <param name="message">What is wrong.</param>
    public PromptTooLongException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error without figures.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">Why.</param>
    public PromptTooLongException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal PromptTooLongException(int tokens, int contextLength)
        : base($"The prompt has {tokens} tokens and exceeds the maximum context length of {contextLength}, of which one at least is for the completion. "
            + "Shorten the conversation, or load the model with a larger context length if it was made for one.")
    {
        (PromptTokens, ContextLength) = (tokens, contextLength);
    }

    /// <summary>Tokens of the prompt; 0 where unknown.</summary>
    public int PromptTokens { get; }

    /// <summary>Most tokens of prompt and completion together; 0 where unknown.</summary>
    public int ContextLength { get; }
}
