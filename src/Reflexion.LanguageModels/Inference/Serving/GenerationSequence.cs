using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Reflexion.LanguageModels;

/// <summary>A sequence that grows by tokens drawn from what the model says of it.</summary>
internal sealed class GenerationSequence : InferenceSequence
{
    private readonly Channel<GeneratedPiece> _pieces =
        Channel.CreateUnbounded<GeneratedPiece>(new() { SingleReader = true, SingleWriter = true });

    private readonly GenerationRequest _request;
    private readonly ImmutableArray<int> _ends;
    private readonly int _mostTokens;
    private readonly Sampler _sampler;
    private readonly SamplerScratch _scratch;
    private readonly Penalties? _penalties;
    private readonly Tokenizer? _tokenizer;
    private readonly TokenDecoder? _decoder;
    private readonly StopMatcher _stops;

    /// <param name="request">What is asked for; checked.</param>
    /// <param name="tokenizer">The model's, or null if it has none.</param>
    /// <param name="adapter">The request's adapter as it is now.</param>
    /// <param name="seed">Decides what is drawn.</param>
    /// <param name="contextLength">Most tokens of prompt and completion.</param>
    /// <param name="scratch">The engine's memory for drawing.</param>
    public GenerationSequence(
        GenerationRequest request, Tokenizer? tokenizer, AdapterSnapshot? adapter, ulong seed, int contextLength, SamplerScratch scratch)
        : base(request.PromptIds, request.PromptIds.Length - 1, RowOutput.Logits, adapter)
    {
        _request = request;
        _ends = [.. request.StopIds, .. request.IgnoreEnd || tokenizer is null ? [] : tokenizer.EndIds];
        _mostTokens = Math.Min(request.MaxTokens, contextLength - request.PromptIds.Length);
        _sampler = new(request.Sampling, seed);
        _scratch = scratch;
        _penalties = request.Sampling.HasPenalties ? new(request.Sampling, request.PromptIds) : null;
        _tokenizer = tokenizer;
        _decoder = tokenizer?.CreateDecoder(skipSpecial: true);
        _stops = new(request.StopSequences);
        Seed = seed;
    }

    public ulong Seed { get; }

    public string? AdapterHash => Adapter?.Hash;

    /// <summary>The tokens as they come; the last one says why.</summary>
    public ChannelReader<GeneratedPiece> Pieces => _pieces.Reader;

    protected override void OnRow(int position, Span<float> row)
    {
        int place = Tokens.Count - _request.PromptIds.Length;
        _penalties?.Apply(row);
        _request.Filter?.Invoke(CollectionsMarshal.AsSpan(Tokens)[_request.PromptIds.Length..], row);
        SampledToken token = _sampler.Draw(row, place, _scratch);
        Tokens.Add(token.Id);
        _penalties?.Note(token.Id);

        bool isEnd = _ends.Contains(token.Id);
        string text = _stops.Append(isEnd ? "" : TextOf(token.Id));
        GenerationFinish? finish = isEnd ? GenerationFinish.EndToken
            : _stops.HasStopped ? GenerationFinish.StopSequence
            : place + 1 == _mostTokens ? GenerationFinish.Length
            : null;
        if (finish is not null)
        {
            text += Rest();
            IsDone = true;
        }

        _pieces.Writer.TryWrite(new(token, text, finish, Reused));
        if (IsDone)
        {
            _pieces.Writer.Complete();
        }
    }

    protected override void OnFailed(Exception exception) => _pieces.Writer.TryComplete(exception);

    // Some models have more logits than their tokenizer has tokens, to fill up a round number.
    private string TextOf(int token) => _tokenizer is null || token >= _tokenizer.VocabularySize ? "" : _decoder!.Append(token);

    private string Rest() => _stops.HasStopped ? "" : _stops.Append(_decoder?.Flush() ?? "") + _stops.Flush();
}
