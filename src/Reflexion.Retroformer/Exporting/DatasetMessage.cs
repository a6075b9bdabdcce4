namespace Reflexion.Retroformer;

/// <summary>A message of a chat in a dataset.</summary>
/// <param name="Role">Who says it: <c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">What is said.</param>
public sealed record DatasetMessage(string Role, string Content)
{
    internal const string System = "system";
    internal const string User = "user";
    internal const string Assistant = "assistant";
}
