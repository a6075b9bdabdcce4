namespace Reflexion.LanguageModels;

/// <summary>A chat template is faulty, goes beyond its limits, or refuses the messages (<c>raise_exception</c>).</summary>
public sealed class ChatTemplateException : Exception
{
    /// <summary>Creates an error without a place.</summary>
    public ChatTemplateException()
        : this("The chat template failed.")
    {
    }

    /// <summary>Creates an error without a place.</summary>
    /// <param name="message">What is wrong.</param>
    public ChatTemplateException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an error without a place.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">Why.</param>
    public ChatTemplateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal ChatTemplateException(string message, TemplatePosition position)
        : base($"{message} (line {position.Line}, column {position.Column} of the chat template)")
    {
        Problem = message;
        Line = position.Line;
        Column = position.Column;
    }

    /// <summary>What is wrong, without the place.</summary>
    internal string Problem { get; } = "";

    /// <summary>The line in the template's source, from 1; 0 where no place is known.</summary>
    public int Line { get; }

    /// <summary>The column in the line, from 1; 0 where no place is known.</summary>
    public int Column { get; }
}
