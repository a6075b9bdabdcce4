namespace Reflexion.Environments;

/// <summary>Points to a sentence that an answer follows from.</summary>
/// <param name="Title">The title of its paragraph.</param>
/// <param name="Sentence">Its place in the paragraph, from 0. In the official files it sometimes lies beyond the last sentence.</param>
public sealed record HotPotQASupport(string Title, int Sentence);
