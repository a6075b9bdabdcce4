namespace Reflexion;

/// <summary>Stands for an exception that was thrown in another process and recorded.</summary>
/// <param name="typeName">The name of the exception's type.</param>
/// <param name="message">The exception's message.</param>
public sealed class RecordedException(string typeName, string message) : Exception(message)
{
    /// <summary>The full name of the type of the exception that was recorded.</summary>
    public string TypeName { get; } = typeName ?? throw new ArgumentNullException(nameof(typeName));
}
