namespace Reflexion.Testing;

/// <summary>A fault that a <see cref="FaultInjectingChatClient"/> put into a call.</summary>
/// <remarks><example><code>foreach (InjectedFault fault in client.Injected) { output.WriteLine($"{fault.Kind}, call {fault.Occurrence} of {fault.RequestHash}"); }</code></example></remarks>
/// <param name="Kind">What it did.</param>
/// <param name="RequestHash">The hash of the request, as a <see cref="Cassette"/> would have it.</param>
/// <param name="Occurrence">The how-manieth call with that request it was, from 1.</param>
/// <param name="Position">Where it cut text or stream, as a fraction in [0,1); without meaning for other kinds.</param>
public sealed record InjectedFault(FaultKind Kind, string RequestHash, int Occurrence, double Position);
