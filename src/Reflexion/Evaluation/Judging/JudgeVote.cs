namespace Reflexion;

/// <summary>A numbered vote; without a verdict it abstained, and the error says why.</summary>
internal sealed record JudgeVote(int Number, JudgeVerdict? Verdict, string Error);
