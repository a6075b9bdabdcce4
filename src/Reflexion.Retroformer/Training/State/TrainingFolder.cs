using System.Text.Json;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>
/// Checkpoints of one training: <c>reference/</c>, the adapter at the start; <c>policy-N.ckpt</c>, the weights and moments after update N; and <c>state.json</c>, which names those in
/// use. The state is written last and whole, so that a kill at any instant leaves a state whose files are there.
/// </summary>
internal sealed class TrainingFolder : IDisposable
{
    private const string StateName = "state.json";
    private const string ReferenceName = "reference";

    private readonly string _folder;
    private readonly bool _isTemporary;

    public TrainingFolder(string? folder)
    {
        _isTemporary = folder is null;
        _folder = folder is null ? Directory.CreateTempSubdirectory("reflexion-training-").FullName : Directory.CreateDirectory(folder).FullName;
    }

    public async Task<TrainingState?> ReadAsync(string training, CancellationToken cancellationToken)
    {
        string path = PathOf(StateName);
        if (!File.Exists(path))
        {
            return null;
        }

        TrainingState state = Parse(path, await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
        return state.Training == training
            ? state
            : throw new CheckpointException(path, $"this is the checkpoint of a training with other options ({state.Training}) than these ({training}); use its options, or another folder.");
    }

    public Task SaveReferenceAsync(LoraAdapter adapter, CancellationToken cancellationToken) => adapter.SaveAsync(PathOf(ReferenceName), null, cancellationToken);

    public LoraAdapter LoadReference(LanguageModel model) => model.LoadAdapter(PathOf(ReferenceName));

    /// <summary>Writes the weights, then the state that names them, then removes weights that nothing names any more.</summary>
    public async Task<TrainingState> SaveAsync(TrainingState state, ModelTrainer trainer, CancellationToken cancellationToken)
    {
        string policy = FormattableString.Invariant($"policy-{state.Update}.ckpt");
        if (state.Policy != policy)
        {
            await trainer.SaveCheckpointAsync(PathOf(policy), cancellationToken).ConfigureAwait(false);
        }

        TrainingState saved = state with { Policy = policy, Incumbent = state.IncumbentUpdate == state.Update ? policy : state.Incumbent };
        await WriteAsync(saved, cancellationToken).ConfigureAwait(false);
        foreach (string old in Directory.EnumerateFiles(_folder, "policy-*.ckpt").Where(path => Path.GetFileName(path) != saved.Policy && Path.GetFileName(path) != saved.Incumbent))
        {
            File.Delete(old);
        }

        return saved;
    }

    public Task LoadAsync(string name, ModelTrainer trainer, CancellationToken cancellationToken) => trainer.LoadCheckpointAsync(PathOf(name), cancellationToken);

    public void Dispose()
    {
        if (_isTemporary)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Task WriteAsync(TrainingState state, CancellationToken cancellationToken) => WholeFile.WriteAsync(
        PathOf(StateName), stream => JsonSerializer.SerializeAsync(stream, state, TrainingStateJson.Default.TrainingState, cancellationToken));

    private static TrainingState Parse(string path, byte[] json)
    {
        try
        {
            TrainingState? state = JsonSerializer.Deserialize(json, TrainingStateJson.Default.TrainingState);
            return state is { Version: TrainingState.CurrentVersion }
                ? state
                : throw new CheckpointException(path, $"the state is of version {state?.Version}, and this code reads {TrainingState.CurrentVersion}; begin again in another folder.");
        }
        catch (JsonException wrong)
        {
            throw new CheckpointException(path, "the state is damaged; begin again in another folder.", wrong);
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
