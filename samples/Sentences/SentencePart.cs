namespace Reflexion.Samples.Sentences;

/// <summary>Which words sentences are asked for with. No word is in two parts.</summary>
public enum SentencePart
{
    /// <summary>Half of the words, to learn from.</summary>
    Train,

    /// <summary>A quarter, to judge a policy by while it is trained.</summary>
    Validation,

    /// <summary>A quarter, to report results on.</summary>
    Test,
}
