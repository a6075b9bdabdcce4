using System.Collections.Immutable;

namespace Reflexion.Retroformer;

/// <summary>A chat to imitate, in the layout of Hugging Face's trainers: <c>{"messages": [...]}</c>.</summary>
/// <param name="Messages">The chat; its last message is the assistant's.</param>
public sealed record SftExample(ImmutableArray<DatasetMessage> Messages);
