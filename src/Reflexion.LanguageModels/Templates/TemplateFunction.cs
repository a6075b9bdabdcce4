namespace Reflexion.LanguageModels;

/// <summary>Something that can be called: a function, a method with its object, a macro.</summary>
/// <param name="Name">What errors call it.</param>
/// <param name="Call">What it does.</param>
internal sealed record TemplateFunction(string Name, Func<TemplateRun, TemplateArguments, object> Call);
