using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>Two refinements of one state, in the layout of Hugging Face's trainers: <c>{"prompt": [...], "chosen": [...], "rejected": [...], "margin": 0.5}</c>.</summary>
/// <param name="Prompt">What both answer; at least one message.</param>
/// <param name="Chosen">The better answer; at least one message.</param>
/// <param name="Rejected">The worse answer; at least one message.</param>
/// <param name="Margin">By how much the reward of the better one is higher, at least 0.</param>
public sealed record DpoPair(ImmutableArray<DatasetMessage> Prompt, ImmutableArray<DatasetMessage> Chosen, ImmutableArray<DatasetMessage> Rejected, double Margin);
