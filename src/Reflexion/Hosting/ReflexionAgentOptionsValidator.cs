using Microsoft.Extensions.Options;

namespace Reflexion;

/// <summary>Validates the options that were bound from configuration.</summary>
internal sealed class ReflexionAgentOptionsValidator : IValidateOptions<ReflexionAgentOptions>
{
    public ValidateOptionsResult Validate(string? name, ReflexionAgentOptions options)
    {
        string[] faults = [.. options.Validate()];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
