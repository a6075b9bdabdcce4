namespace Reflexion;

/// <summary>The payload of the end of an actor's work. The steps are entries of their own.</summary>
/// <param name="End">Why it is done.</param>
/// <param name="Answer">The answer, or null.</param>
/// <param name="Detail">More about <paramref name="End"/>, or null.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record ActorEnd(TrajectoryEnd End, string? Answer, string? Detail, TimeSpan Duration);
