using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.LanguageModels;

/// <summary>
/// A chat template: the Jinja source with which a model's makers say how messages become the text that the model continues. Immutable;
/// used by any number of threads at once.
/// </summary>
/// <remarks>
/// Understood is the part of Jinja that such templates use, with Python's semantics and Hugging Face's settings. A template comes with a model's
/// file and is not trusted: it reaches nothing but what it is given, and its time, memory and nesting are limited.
/// </remarks>
public sealed class ChatTemplate
{
    private readonly Block _root;

    private ChatTemplate(string source, Block root)
    {
        Source = source;
        _root = root;
    }

    /// <summary>The Jinja source.</summary>
    public string Source { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="source">The Jinja source.</param>
    /// <exception cref="ChatTemplateException">The source is faulty; the message says where.</exception>
    public static ChatTemplate Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ChatTemplate(source, TemplateParser.Parse(source));
    }

    /// <summary>Makes the text that a model continues.</summary>
    /// <param name="messages">The conversation, oldest first.</param>
    /// <param name="addGenerationPrompt">Whether the text ends where the assistant's next message begins. Default: it does.</param>
    /// <param name="options">What else the template may use, and its limits; null for the defaults.</param>
    /// <returns>The text, with what the template wrote told apart from what messages say.</returns>
    /// <exception cref="ChatTemplateException">The template refuses the messages, is faulty, or goes beyond its limits.</exception>
    public RenderedChat Render(IEnumerable<ChatMessage> messages, bool addGenerationPrompt = true, ChatTemplateOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        options ??= new ChatTemplateOptions();
        var scope = new TemplateScope(null);
        TemplateGlobals.AddTo(scope);
        scope.Set("messages", ChatMessageValues.OfMessages(messages));
        scope.Set("add_generation_prompt", addGenerationPrompt);
        scope.Set("bos_token", TemplateText.Trusted(options.BeginToken ?? ""));
        scope.Set("eos_token", TemplateText.Trusted(options.EndToken ?? ""));
        scope.Set("tools", options.Tools.IsDefaultOrEmpty ? TemplateNone.Instance : ChatMessageValues.OfTools(options.Tools));
        scope.Set("documents", TemplateNone.Instance);
        foreach ((string name, object? value) in options.Variables)
        {
            scope.Set(name, ChatMessageValues.Of(value)
                ?? throw new ArgumentException($"The variable '{name}' is of type {value?.GetType().Name}, which templates have nothing like.", nameof(options)));
        }

        var run = new TemplateRun(options, new TemplateScope(scope));
        _root.Execute(run);
        return Segments(run.Output.Build());
    }

    private static RenderedChat Segments(TemplateText text)
    {
        ImmutableArray<ChatSegment>.Builder segments = ImmutableArray.CreateBuilder<ChatSegment>();
        int at = 0;
        foreach ((int start, int end) in text.UntrustedParts)
        {
            if (start > at)
            {
                segments.Add(new ChatSegment(text.Value[at..start], IsTrusted: true));
            }

            segments.Add(new ChatSegment(text.Value[start..end], IsTrusted: false));
            at = end;
        }

        if (at < text.Value.Length)
        {
            segments.Add(new ChatSegment(text.Value[at..], IsTrusted: true));
        }

        return new RenderedChat(segments.ToImmutable());
    }
}
