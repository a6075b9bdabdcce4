namespace Reflexion;

/// <summary>An environment in which the same actions on the same task always lead to the same observations.</summary>
/// <remarks>
/// Nothing outside the instance decides what happens in it: no clock, no network, no randomness but what the task seeds. With a
/// journal, a trial that was interrupted is then driven again into a fresh instance with the model's recorded replies, and the
/// observations are compared with the recorded ones. In any other environment such a trial starts again, and its calls are paid
/// again.
/// </remarks>
#pragma warning disable CA1040 // What the type says is all there is to say.
public interface IReplayableEnvironment : IAgentEnvironment;
#pragma warning restore CA1040
