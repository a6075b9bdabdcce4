using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace Reflexion.LanguageModels;

/// <summary>
/// A Llama-architecture model that runs in this process on the CPU: it chats, completes, scores and embeds. For any number of threads at once;
/// they share passes over the weights.
/// </summary>
/// <remarks>
/// The same request with the same seed gives the same tokens, with one reservation. Products with the weights do not depend on what else is computed at once. But a prompt is
/// read in blocks, and where one ends depends on how busy the model is and on what was cached; attention and adapters sum floats of a block in another order than those
/// of single tokens, which moves a logit by some millionths of its size. Only a draw that is as close as that can turn out differently.
/// </remarks>
/// <example>
/// <code>
/// using var model = await LanguageModel.LoadAsync("SmolLM2-135M-Instruct.Q4_1.gguf");
/// IChatClient chat = model.AsChatClient();
/// ChatResponse reply = await chat.GetResponseAsync("What is the capital of France?", new ChatOptions { Temperature = 0 });
/// </code>
/// </example>
public sealed class LanguageModel : IDisposable, IAsyncDisposable
{
    private readonly WorkerPool _pool;
    private readonly ModelHolder _holder;
    private readonly InferenceEngine _engine;
    private readonly AdapterRegistry _adapters;
    private readonly SamplerScratch _scratch = new();
    private readonly Tokenizer? _tokenizer;
    private long _requests;
    private int _isDisposed;

    private LanguageModel(ModelHolder holder, WorkerPool pool, Tokenizer? tokenizer, LanguageModelOptions options, string name)
    {
        (_holder, _pool, _tokenizer, Options, Name) = (holder, pool, tokenizer, options, name);
        ContextLength = options.ContextOf(holder.Config);
        _engine = new(holder.Current, pool, options, holder.Config);
        _adapters = new(holder.Config);
    }

    /// <summary>The name of the file or folder, or "model" for one made in memory.</summary>
    public string Name { get; }

    /// <summary>The model's shape.</summary>
    public TransformerConfig Config => _holder.Config;

    /// <summary>How the model is run.</summary>
    public LanguageModelOptions Options { get; }

    /// <summary>Most tokens of prompt and completion together.</summary>
    public int ContextLength { get; }

    /// <summary>Text to tokens and back.</summary>
    /// <exception cref="InvalidOperationException">The model came without a tokenizer.</exception>
    public Tokenizer Tokenizer => _tokenizer
        ?? throw new InvalidOperationException("The model came without a tokenizer; put its tokenizer.json into the folder, or work with tokens.");

    /// <summary>The model's own chat template, or null if it has none.</summary>
    public ChatTemplate? ChatTemplate => _tokenizer?.ChatTemplate;

    /// <summary>SHA-256 of the weights as they are stored, in lower-case hexadecimal; worked out when first asked for, and again after training.</summary>
    public string Hash => _holder.Hash;

    /// <summary>
    /// The weights as <see cref="ModelTrainer"/> takes them. Those of <see cref="Create"/> can be trained in place: the next request that finds the model idle sees it.
    /// Those of a file are opened a second time when first asked for, and turned into floats. They live as long as the model.
    /// </summary>
    public ModelWeights Weights => _holder.Weights;

    /// <summary>Loads a model. Its file stays open and mapped.</summary>
    /// <param name="path">A GGUF file, or a folder with <c>config.json</c>, <c>model.safetensors</c> (or shards) and <c>tokenizer.json</c>.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the loading.</param>
    /// <exception cref="ModelFormatException">The file holds no model that is supported.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static async Task<LanguageModel> LoadAsync(string path, LanguageModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        options.Validate();
        string name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path));
        if (!Directory.Exists(path))
        {
            Tokenizer? own = null;
            return await Task.Run(() => Load(Open, () => own, options, name, cancellationToken), cancellationToken).ConfigureAwait(false);

            IModelSource Open()
            {
                GgufFile file = GgufFile.Open(path);
                try
                {
                    own ??= file.Metadata.GetString("tokenizer.ggml.model") is null ? null : Tokenizer.Create(file.ReadTokenizer());
                    return file;
                }
                catch
                {
                    file.Dispose();
                    throw;
                }
            }
        }

        Tokenizer? tokenizer = File.Exists(Path.Combine(path, TokenizerFiles.TokenizerName))
            ? await Tokenizer.LoadAsync(path, cancellationToken).ConfigureAwait(false)
            : null;
        return await Task.Run(() => Load(() => SafetensorsFolder.Open(path), () => tokenizer, options, name, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A new model with random weights, to be trained from scratch through <see cref="Weights"/>.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="tokenizer">Its tokenizer, of no more tokens than the shape's vocabulary.</param>
    /// <param name="seed">Decides the weights.</param>
    /// <param name="options">How it is run; null for the defaults.</param>
    /// <exception cref="ArgumentException">No model has such a shape, or the tokenizer has more tokens.</exception>
    public static LanguageModel Create(TransformerConfig config, Tokenizer tokenizer, ulong seed, LanguageModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(tokenizer);
        options ??= new();
        options.Validate();
        CheckVocabulary(config, tokenizer, message => new ArgumentException(message, nameof(tokenizer)));
        options.ContextOf(config);
        ModelWeights weights = ModelWeights.New(config, seed, deviation: 0.02, isLent: true);
        var pool = new WorkerPool(options.Threads);
        return new(new ModelHolder(weights, options, pool), pool, tokenizer, options, "model");
    }

    /// <summary>Writes the model and its tokenizer. Each file appears whole or not at all.</summary>
    /// <param name="path">A folder, made if it is not there, for the layout of Hugging Face's tools; or the name of a file that ends in <c>.gguf</c>.</param>
    /// <param name="type">How matrices are stored: F32, F16 or BF16; in a GGUF file also Q8_0. Default: F32.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="NotSupportedException">Models are not written in the type.</exception>
    public async Task SaveAsync(string path, StorageType type = StorageType.F32, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ThrowIfDisposed();
        List<NamedTensor> tensors = _holder.Tensors();
        if (path.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
        {
            await GgufModelWriter.WriteAsync(path, Config, tensors, type, _tokenizer?.Spec, cancellationToken).ConfigureAwait(false);
            return;
        }

        await SafetensorsFolderWriter.WriteAsync(path, Config, tensors, type, cancellationToken).ConfigureAwait(false);
        if (_tokenizer is not null)
        {
            await _tokenizer.SaveAsync(path, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A new adapter for this model; see <see cref="LoraAdapter.Create"/>. Nothing of the model is copied.</summary>
    /// <param name="options">Its shape; null for the default.</param>
    /// <param name="seed">Decides its first numbers.</param>
    public LoraAdapter CreateAdapter(LoraOptions? options = null, ulong seed = 0) => LoraAdapter.CreateFor(Config, options, seed);

    /// <summary>Reads an adapter in PEFT's layout; see <see cref="LoraAdapter.Load"/>. Nothing of the model is copied.</summary>
    /// <param name="folder">Where <c>adapter_config.json</c> and <c>adapter_model.safetensors</c> are.</param>
    public LoraAdapter LoadAdapter(string folder) => LoraAdapter.LoadFor(Config, folder);

    /// <summary>The model as a chat client. It lives as long as the model; disposing it does nothing.</summary>
    /// <param name="options">Defaults for what calls leave out; null for the usual ones.</param>
    public IChatClient AsChatClient(LanguageModelChatOptions? options = null)
    {
        options ??= new();
        options.Validate();
        return new LanguageModelChatClient(this, options);
    }

    /// <summary>
    /// The model as a generator of embeddings: the mean over a text's tokens of the hidden state after the final norm, not scaled to length 1. It lives as long as the model.
    /// </summary>
    public IEmbeddingGenerator<string, Embedding<float>> AsEmbeddingGenerator() => new MeanPoolingGenerator(this);

    /// <summary>Completes a prompt.</summary>
    /// <param name="request">The prompt, and how it is continued.</param>
    /// <param name="cancellationToken">Ends it between two tokens.</param>
    /// <exception cref="ArgumentException">The request is out of range.</exception>
    public async Task<GenerationResult> GenerateAsync(GenerationRequest request, CancellationToken cancellationToken = default) =>
        (await GenerateAsync([request], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Completes many prompts, as many at once as the options allow. What prompts have in common is computed once.</summary>
    /// <param name="requests">The prompts, and how each is continued.</param>
    /// <param name="cancellationToken">Ends all.</param>
    /// <returns>A completion for each request, in their order.</returns>
    /// <exception cref="ArgumentException">A request is out of range; none was begun.</exception>
    public async Task<ImmutableArray<GenerationResult>> GenerateAsync(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        foreach (GenerationRequest request in requests)
        {
            Check(request);
        }

        var sequences = new List<GenerationSequence>();
        try
        {
            foreach (GenerationRequest request in requests)
            {
                sequences.Add(Begin(request));
            }

            return [.. await Task.WhenAll(sequences.Select(sequence => GenerationCollector.CollectAsync(sequence, cancellationToken))).ConfigureAwait(false)];
        }
        finally
        {
            sequences.ForEach(sequence => sequence.Cancel());
        }
    }

    /// <summary>The log-probability of each token of a completion after a prompt, under the model's own distribution (temperature 1, nothing cut off).</summary>
    /// <param name="promptIds">The prompt's tokens, at least one.</param>
    /// <param name="completionIds">The completion's tokens.</param>
    /// <param name="adapter">What the model is changed by, or null.</param>
    /// <param name="cancellationToken">Ends it between two blocks of tokens.</param>
    /// <returns>ln p of each token of the completion.</returns>
    /// <exception cref="ArgumentException">A token is not in the vocabulary, or there are too many.</exception>
    public async Task<ImmutableArray<float>> ScoreAsync(
        ImmutableArray<int> promptIds, ImmutableArray<int> completionIds, LoraAdapter? adapter = null, CancellationToken cancellationToken = default)
    {
        TokenCheck.Prompt(promptIds, Config.VocabularySize, ContextLength, nameof(promptIds));
        TokenCheck.Known(completionIds, Config.VocabularySize, nameof(completionIds));
        if (promptIds.Length + completionIds.Length > ContextLength)
        {
            throw new PromptTooLongException(promptIds.Length + completionIds.Length, ContextLength);
        }

        if (completionIds.IsEmpty)
        {
            return [];
        }

        var logProbs = new float[completionIds.Length];
        float[] scratch = new float[Config.VocabularySize];
        int first = promptIds.Length - 1;
        await ReadAsync(
            [.. promptIds, .. completionIds[..^1]],
            first,
            RowOutput.Logits,
            adapter,
            (position, row) => logProbs[position - first] = (float)LogitVectors.LogProb(row, completionIds[position - first], scratch),
            cancellationToken).ConfigureAwait(false);
        return [.. logProbs];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.RefuseWithinFilter();
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _engine.Dispose();
            _adapters.Dispose();
            _pool.Dispose();
            _holder.Dispose();
        }
    }

    /// <summary>Ends all requests and frees the model without blocking the caller's thread.</summary>
    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    /// <summary>Begins a completion; whoever begins it reads its pieces, and cancels it in the end.</summary>
    internal GenerationSequence Begin(GenerationRequest request)
    {
        ThrowIfDisposed();
        Check(request);
        ulong number = (ulong)Interlocked.Increment(ref _requests);
        ulong seed = request.Seed ?? CounterRandom.Mix(CounterRandom.Mix(Options.Seed) + number);
        var sequence = new GenerationSequence(request, _tokenizer, _adapters.Take(request.Adapter), seed, ContextLength, _scratch);
        return Add(sequence);
    }

    /// <summary>Computes tokens and reads the outcome of those from a position on.</summary>
    internal async Task ReadAsync(
        ImmutableArray<int> ids, int first, RowOutput output, LoraAdapter? adapter, RowReader reader, CancellationToken cancellationToken)
    {
        ThrowIfDisposed();
        ReadingSequence sequence = Add(new ReadingSequence(ids, first, output, _adapters.Take(adapter), reader));
        try
        {
            await sequence.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            sequence.Cancel();
        }
    }

    private static LanguageModel Load(
        Func<IModelSource> open, Func<Tokenizer?> tokenizer, LanguageModelOptions options, string name, CancellationToken cancellationToken)
    {
        var pool = new WorkerPool(options.Threads);
        ModelHolder? holder = null;
        try
        {
            holder = new(open, options, pool, cancellationToken);
            if (tokenizer() is { } known)
            {
                CheckVocabulary(holder.Config, known, message => new ModelFormatException(name, message));
            }

            return new(holder, pool, tokenizer(), options, name);
        }
        catch
        {
            holder?.Dispose();
            pool.Dispose();
            throw;
        }
    }

    private static void CheckVocabulary(TransformerConfig config, Tokenizer tokenizer, Func<string, Exception> error)
    {
        if (tokenizer.VocabularySize > config.VocabularySize)
        {
            throw error($"the tokenizer has {tokenizer.VocabularySize} tokens, the model {config.VocabularySize}. Use the tokenizer that belongs to the model.");
        }
    }

    private T Add<T>(T sequence)
        where T : InferenceSequence
    {
        try
        {
            _engine.Add(sequence);
            return sequence;
        }
        catch
        {
            sequence.Adapter?.Dispose();
            throw;
        }
    }

    private void Check(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate(Config.VocabularySize, ContextLength, _tokenizer is not null);
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);
}
