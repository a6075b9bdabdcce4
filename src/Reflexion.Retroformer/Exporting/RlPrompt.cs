using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>A state with what was tried in it and the reward: <c>{"prompt": [...], "completion": [...], "reward": 0.5}</c>.</summary>
/// <param name="Prompt">The state; at least one message.</param>
/// <param name="Completion">What was written; at least one message. Trainers that sample for themselves leave it aside.</param>
/// <param name="Reward">What came of it.</param>
public sealed record RlPrompt(ImmutableArray<DatasetMessage> Prompt, ImmutableArray<DatasetMessage> Completion, double Reward);
