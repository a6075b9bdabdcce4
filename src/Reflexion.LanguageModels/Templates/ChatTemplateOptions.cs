using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.LanguageModels;

/// <summary>What a chat template may use beside the messages, and how far it may go: it comes out of a file, so it is not trusted with time or memory.</summary>
public sealed record ChatTemplateOptions
{
    /// <summary>The text of the token that begins a sequence (<c>bos_token</c>). Default: null, which a template sees as an empty text.</summary>
    public string? BeginToken { get; init; }

    /// <summary>The text of the token that ends a sequence (<c>eos_token</c>). Default: null, which a template sees as an empty text.</summary>
    public string? EndToken { get; init; }

    /// <summary>The functions that the model may call (<c>tools</c>). Default: none.</summary>
    public ImmutableArray<AIFunctionDeclaration> Tools { get; init; } = [];

    /// <summary>Further variables, by name: texts, truth values, whole numbers, doubles, or null. Default: none.</summary>
    public ImmutableDictionary<string, object?> Variables { get; init; } = ImmutableDictionary<string, object?>.Empty;

    /// <summary>What templates that ask for the date are told (<c>strftime_now</c>). Default: the system's local time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Most characters of the text, and of any text made on the way. Default: 16 Mi.</summary>
    public int MaxLength { get; init; } = 1 << 24;

    /// <summary>Most steps: parts of the template evaluated, and every 32 characters copied. Default: 4,000,000.</summary>
    public int MaxSteps { get; init; } = 4_000_000;
}
