using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.LanguageModels;

/// <summary>Turns text into a model's tokens and back. Immutable; used by any number of threads at once.</summary>
/// <remarks>
/// Every text comes back from its tokens to the letter (lone surrogates come back as U+FFFD, and in SentencePiece vocabularies "▁",
/// their sign for a space, as a space).
/// </remarks>
public abstract class Tokenizer
{
    // Tokens by which models end a turn or a text without the file saying so.
    private static readonly string[] KnownEnds = ["<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "<|end_of_text|>", "</s>"];

    private readonly SpecialTokens _special;
    private readonly TokenBytes _bytes;
    private readonly ImmutableArray<TokenType> _types;
    private readonly Lazy<ChatTemplate?> _template;

    private protected Tokenizer(TokenizerSpec spec, ImmutableArray<TokenType> types, TokenBytes bytes)
    {
        Spec = spec;
        _types = types;
        _bytes = bytes;
        string[] texts = [.. types.Select((type, id) => type is TokenType.Control or TokenType.UserDefined ? System.Text.Encoding.UTF8.GetString(bytes[id]) : "")];
        _special = new SpecialTokens(texts, types);
        EndIds =
        [
            .. new[] { spec.EosId, spec.EotId }.OfType<int>()
                .Concat(Enumerable.Range(0, types.Length).Where(id => types[id] == TokenType.Control && KnownEnds.Contains(spec.Tokens[id])))
                .Distinct(),
        ];
        _template = new Lazy<ChatTemplate?>(() => spec.ChatTemplate is null ? null : ChatTemplate.Parse(spec.ChatTemplate));
    }

    /// <summary>Number of tokens; ids are 0 .. this − 1.</summary>
    public int VocabularySize => Spec.Tokens.Length;

    /// <summary>The token that begins a sequence, if the vocabulary has one.</summary>
    public int? BosId => Spec.BosId;

    /// <summary>The token that fills up batches, if the vocabulary has one.</summary>
    public int? PadId => Spec.PadId;

    /// <summary>The tokens that end a sequence or a turn: generation stops at any of them.</summary>
    public ImmutableArray<int> EndIds { get; }

    /// <summary>The model's own chat template, or null if it has none.</summary>
    /// <exception cref="ChatTemplateException">The model's template cannot be read.</exception>
    public ChatTemplate? ChatTemplate => _template.Value;

    internal TokenizerSpec Spec { get; }

    /// <summary>Whether text begins with a space that is not part of it.</summary>
    internal abstract bool HasSpacePrefix { get; }

    /// <summary>Reads a tokenizer from a folder with <c>tokenizer.json</c> and, if there are, <c>tokenizer_config.json</c> and <c>chat_template.jinja</c>.</summary>
    /// <param name="folder">A model's folder in Hugging Face's layout.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="FileNotFoundException">There is no <c>tokenizer.json</c>.</exception>
    /// <exception cref="ModelFormatException">A file is damaged, or describes a tokenizer of another kind.</exception>
    public static async Task<Tokenizer> LoadAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Create(await TokenizerFiles.ReadAsync(folder, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Writes <c>tokenizer.json</c> and <c>tokenizer_config.json</c>, as Hugging Face's libraries read them, into a folder.</summary>
    /// <param name="folder">Made where it is missing; files of these names are replaced.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public Task SaveAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return TokenizerFiles.WriteAsync(Spec, folder, cancellationToken);
    }

    /// <summary>Turns text into tokens.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="parseSpecial">
    /// Whether control tokens written in the text (<c>&lt;|im_end|&gt;</c>) are read as such. Leave it off for text of users: it could end a turn
    /// and begin another. Default: off.
    /// </param>
    /// <param name="addSpecial">Whether the tokens that begin and end a sequence are added where the model wants them. Default: off.</param>
    public ImmutableArray<int> Encode(string text, bool parseSpecial = false, bool addSpecial = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encode(text, parseSpecial ? [(0, text.Length)] : [], addSpecial);
    }

    /// <summary>Turns a rendered chat into tokens: control tokens are read in what the template wrote, never in what messages say.</summary>
    /// <param name="chat">What a template made of messages.</param>
    public ImmutableArray<int> Encode(RenderedChat chat)
    {
        ArgumentNullException.ThrowIfNull(chat);
        var trusted = new List<(int, int)>();
        int start = 0;
        foreach (ChatSegment segment in chat.Segments)
        {
            int end = start + segment.Text.Length;
            if (segment.IsTrusted)
            {
                trusted.Add((start, end));
            }

            start = end;
        }

        return Encode(chat.Text, [.. trusted], addSpecial: false);
    }

    /// <summary>Renders messages by the model's own chat template.</summary>
    /// <param name="messages">The conversation, oldest first.</param>
    /// <param name="addGenerationPrompt">Whether the text ends where the assistant's next message begins. Default: it does.</param>
    /// <param name="options">What else the template may use; the begin and end tokens are the model's own unless given. Null: nothing.</param>
    /// <exception cref="InvalidOperationException">The model has no chat template.</exception>
    /// <exception cref="ChatTemplateException">The template refused the messages, or is faulty.</exception>
    public RenderedChat RenderChat(IEnumerable<ChatMessage> messages, bool addGenerationPrompt = true, ChatTemplateOptions? options = null)
    {
        ChatTemplate template = ChatTemplate
            ?? throw new InvalidOperationException("The model has no chat template: parse one with ChatTemplate.Parse, render with it, and encode what it renders.");
        return RenderChat(template, messages, addGenerationPrompt, options);
    }

    /// <summary>Renders messages by any template, with the model's own begin and end tokens unless others are given.</summary>
    internal RenderedChat RenderChat(ChatTemplate template, IEnumerable<ChatMessage> messages, bool addGenerationPrompt, ChatTemplateOptions? options)
    {
        options ??= new ChatTemplateOptions();
        return template.Render(messages, addGenerationPrompt, options with
        {
            BeginToken = options.BeginToken ?? TextOf(Spec.BosId),
            EndToken = options.EndToken ?? TextOf(Spec.EosId),
        });
    }

    /// <summary>Turns tokens into text; bytes that are no valid UTF-8 become U+FFFD.</summary>
    /// <param name="ids">The tokens.</param>
    /// <param name="skipSpecial">Whether control tokens are left out. Default: they are written out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids, bool skipSpecial = false)
    {
        TokenDecoder decoder = CreateDecoder(skipSpecial);
        return decoder.Append(ids) + decoder.Flush();
    }

    /// <summary>Makes a decoder for a stream of tokens.</summary>
    /// <param name="skipSpecial">Whether control tokens are left out. Default: they are written out.</param>
    public TokenDecoder CreateDecoder(bool skipSpecial = false) => new(this, skipSpecial);

    /// <summary>Builds the tokenizer that a model file describes.</summary>
    /// <exception cref="ModelFormatException">The description contradicts itself.</exception>
    internal static Tokenizer Create(TokenizerSpec spec)
    {
        spec = SpecCheck.Checked(spec);
        return spec.Kind == TokenizerKind.ByteLevel ? new ByteLevelTokenizer(spec) : new SentencePieceTokenizer(spec);
    }

    /// <summary>The bytes a token stands for; a control token's are its name.</summary>
    internal ReadOnlySpan<byte> BytesOf(int id) => (uint)id < (uint)_types.Length
        ? _bytes[id]
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"The vocabulary has {_types.Length} tokens.");

    internal bool IsControl(int id) => _types[id] is TokenType.Control or TokenType.Unknown;

    /// <summary>Appends the tokens of text that holds no special token.</summary>
    /// <param name="text">Well-formed, not empty.</param>
    /// <param name="beginsText">Whether it is at the beginning, or after a control token.</param>
    /// <param name="ids">Appended to.</param>
    private protected abstract void EncodeText(ReadOnlySpan<char> text, bool beginsText, List<int> ids);

    private ImmutableArray<int> Encode(string text, ReadOnlySpan<(int Start, int End)> trusted, bool addSpecial)
    {
        text = WellFormed.Utf16(text);
        var ids = new List<int>(text.Length / 3 + 4);
        if (addSpecial && Spec is { AddBos: true, BosId: { } bos })
        {
            ids.Add(bos);
        }

        bool beginsText = true;
        for (int at = 0; at < text.Length;)
        {
            (int start, int end, int id) = _special.Find(text, at, trusted);
            if (start > at)
            {
                EncodeText(text.AsSpan(at..start), beginsText, ids);
                beginsText = false;
            }

            if (id >= 0)
            {
                ids.Add(id);
                beginsText = IsControl(id);
            }

            at = end;
        }

        if (addSpecial && Spec is { AddEos: true, EosId: { } eos })
        {
            ids.Add(eos);
        }

        return [.. ids];
    }

    private string? TextOf(int? id) => id is { } known ? Spec.Tokens[known] : null;
}
