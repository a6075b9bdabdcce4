namespace Reflexion.LanguageModels;

/// <summary>What a name that is not defined stands for: empty where it is written, an error where anything is done with it.</summary>
/// <param name="Complaint">What the error says.</param>
internal sealed record TemplateUndefined(string Complaint);
