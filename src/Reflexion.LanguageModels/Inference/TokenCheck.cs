using System.Collections.Immutable;

namespace Reflexion.LanguageModels;

/// <summary>Refuses tokens that a model cannot read.</summary>
internal static class TokenCheck
{
    /// <summary>A prompt: at least one token, and room for one more.</summary>
    public static void Prompt(ImmutableArray<int> ids, int vocabulary, int contextLength, string name)
    {
        Known(ids, vocabulary, name);
        if (ids.IsEmpty)
        {
            throw new ArgumentException("A prompt has at least one token; begin with the tokenizer's begin or end token where there is no text.", name);
        }

        if (ids.Length >= contextLength)
        {
            throw new PromptTooLongException(ids.Length, contextLength);
        }
    }

    /// <summary>Tokens of the vocabulary.</summary>
    public static void Known(ImmutableArray<int> ids, int vocabulary, string name)
    {
        if (ids.IsDefault)
        {
            throw new ArgumentException("The tokens are missing.", name);
        }

        foreach (int id in ids)
        {
            if ((uint)id >= (uint)vocabulary)
            {
                throw new ArgumentException($"The token {id} is not in the model's vocabulary of {vocabulary}; encode the text with the model's own tokenizer.", name);
            }
        }
    }
}
