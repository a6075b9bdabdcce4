using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>A LoRA adapter as read: its configuration, and A and B of every target of every layer under PEFT's names.</summary>
internal sealed record PeftAdapter(PeftAdapterConfig Config, ImmutableArray<NamedTensor> Tensors);
