namespace Reflexion.Tests;

public sealed class InMemoryEpisodicMemoryTests : EpisodicMemoryConformance
{
    protected override ValueTask<IEpisodicMemory> OpenAsync(MemoryOptions options, TimeProvider time) =>
        new(new InMemoryEpisodicMemory(options, time));
}
