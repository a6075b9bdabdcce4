namespace Reflexion.Testing;

/// <summary>A <see cref="ScriptedChatClient"/> was asked for a reply that its script does not hold.</summary>
/// <remarks><example><code>catch (ScriptExhaustedException fault) { output.WriteLine(fault.Request.Text); }</code></example></remarks>
/// <param name="request">The request that had no reply.</param>
public sealed class ScriptExhaustedException(ScriptedRequest request)
    : InvalidOperationException($"The script holds no reply to request {request?.Turn}. Add a turn, a rule that matches it, or a reply for all others. The request was:\n{request?.Text}")
{
    /// <summary>The request that had no reply.</summary>
    public ScriptedRequest Request { get; } = request ?? throw new ArgumentNullException(nameof(request));
}
