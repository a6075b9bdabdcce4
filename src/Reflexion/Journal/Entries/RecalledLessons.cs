using System.Collections.Immutable;

namespace Reflexion;

/// <summary>The payload of a recall.</summary>
/// <param name="Lessons">The lessons, oldest first.</param>
internal sealed record RecalledLessons(ImmutableArray<Lesson> Lessons);
