using System.Runtime.CompilerServices;

namespace Reflexion.LanguageModels;

/// <summary>One rendering: where it is, what it has written, and what it may still use.</summary>
internal sealed class TemplateRun
{
    /// <summary>Most items of a list that a template makes.</summary>
    private const int MaxItems = 1_000_000;

    // Copying so many characters counts as a step.
    private const int CharactersPerStep = 32;

    private long _steps;

    internal TemplateRun(ChatTemplateOptions options, TemplateScope scope)
    {
        Options = options;
        Scope = scope;
        Output = new TextBuilder(this);
    }

    internal ChatTemplateOptions Options { get; }

    /// <summary>Names of where the run is.</summary>
    internal TemplateScope Scope { get; set; }

    /// <summary>Where text is written.</summary>
    internal TextBuilder Output { get; set; }

    /// <summary>What errors point to.</summary>
    internal TemplatePosition Position { get; set; }

    internal ChatTemplateException Error(string message) => new(message, Position);

    internal void Step(TemplatePosition position)
    {
        Position = position;
        Charge(1);
        EnsureStack();
    }

    /// <summary>Refuses to go deeper than the stack allows.</summary>
    internal void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error("The chat template nests too deeply.");
        }
    }

    internal void Charge(long steps)
    {
        _steps += steps;
        if (_steps > Options.MaxSteps)
        {
            throw Error($"The chat template takes more than {Options.MaxSteps} steps; raise MaxSteps if that is meant.");
        }
    }

    /// <summary>Asks for a text before it is made.</summary>
    /// <param name="length">How long it will be.</param>
    /// <param name="copied">How much of that is copied now.</param>
    internal void ChargeText(long length, long copied)
    {
        if (length > Options.MaxLength)
        {
            throw Error($"The chat template makes a text of more than {Options.MaxLength} characters; raise MaxLength if that is meant.");
        }

        Charge(copied / CharactersPerStep);
    }

    /// <summary>Asks for reading a text from one end to the other.</summary>
    internal void ChargeReading(string text) => Charge(text.Length / CharactersPerStep);

    /// <summary>Asks for looking for a text in another, which can take the product of their lengths.</summary>
    internal void ChargeSearch(string text, string sought) => Charge(((long)text.Length * sought.Length / CharactersPerStep / CharactersPerStep) + (text.Length / CharactersPerStep));

    /// <summary>Asks for a list before it is made.</summary>
    internal void ChargeItems(long count)
    {
        if (count > MaxItems)
        {
            throw Error($"The chat template makes a list of more than {MaxItems} items.");
        }

        Charge(count / CharactersPerStep);
    }

    /// <summary>Does something that writes, and returns what it wrote.</summary>
    internal TemplateText Capture(Action write)
    {
        TextBuilder outer = Output;
        var inner = new TextBuilder(this);
        Output = inner;
        try
        {
            write();
        }
        finally
        {
            Output = outer;
        }

        return inner.Build();
    }

    /// <summary>Does something with names of its own.</summary>
    internal T Within<T>(TemplateScope scope, Func<T> work)
    {
        TemplateScope outer = Scope;
        Scope = scope;
        try
        {
            return work();
        }
        finally
        {
            Scope = outer;
        }
    }
}
