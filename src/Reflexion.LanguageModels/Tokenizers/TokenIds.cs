namespace Reflexion.LanguageModels;

/// <summary>Looks tokens up by what they spell.</summary>
internal static class TokenIds
{
    /// <summary>The ids of tokens that text is made of, by their stored text; of equal ones the first.</summary>
    internal static Dictionary<string, int> ByText(TokenizerSpec spec)
    {
        var ids = new Dictionary<string, int>(spec.Tokens.Length, StringComparer.Ordinal);
        for (int id = 0; id < spec.Tokens.Length; id++)
        {
            if (spec.Tokens[id].Length > 0 && spec.TokenTypes[id] is TokenType.Normal or TokenType.UserDefined)
            {
                ids.TryAdd(spec.Tokens[id], id);
            }
        }

        return ids;
    }
}
