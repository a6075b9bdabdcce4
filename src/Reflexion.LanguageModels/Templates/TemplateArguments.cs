namespace Reflexion.LanguageModels;

/// <summary>The arguments of a call.</summary>
/// <param name="Positional">In order.</param>
/// <param name="Named">By name.</param>
internal sealed record TemplateArguments(IReadOnlyList<object> Positional, IReadOnlyDictionary<string, object> Named)
{
    internal static readonly TemplateArguments None = new([], new Dictionary<string, object>());

    /// <summary>Puts the arguments in the order of a function's parameters; null where one is missing.</summary>
    /// <exception cref="ChatTemplateException">There are more than the function has, or of other names.</exception>
    internal object?[] Bind(TemplateRun run, string function, params ReadOnlySpan<string> parameters)
    {
        if (Positional.Count > parameters.Length)
        {
            throw run.Error($"{function} takes {parameters.Length} arguments at most, and {Positional.Count} were given.");
        }

        object?[] bound = new object?[parameters.Length];
        for (int i = 0; i < Positional.Count; i++)
        {
            bound[i] = Positional[i];
        }

        foreach ((string name, object value) in Named)
        {
            int index = parameters.IndexOf(name);
            if (index < 0 || index < Positional.Count)
            {
                throw run.Error(index < 0 ? $"{function} has no parameter '{name}'." : $"{function} was given '{name}' twice.");
            }

            bound[index] = value;
        }

        return bound;
    }
}
