using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>A model that arms are made with.</summary>
internal sealed record ExperimentModel(string Name, IChatClient Client, RateLimit? Limit);
