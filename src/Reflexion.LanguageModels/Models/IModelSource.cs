namespace Reflexion.LanguageModels;

/// <summary>A model file, whatever its format: what the model is, and its tensors under Hugging Face's names.</summary>
internal interface IModelSource : IDisposable
{
    /// <summary>What errors call the file.</summary>
    string Name { get; }

    TransformerConfig Config { get; }

    /// <summary>The tensor of that name (<c>model.layers.0.self_attn.q_proj.weight</c>), or null if the model has none.</summary>
    StoredTensor? Find(string name);
}
