using System.Collections.Immutable;

namespace Reflexion.Tests;

/// <summary>The clipped objective with a k3 penalty, mean over all response tokens, as the golden cases define it.</summary>
internal sealed record PpoObjective(double Clip, double KlCoefficient, int Tokens)
{
    public double Loss { get; private set; }

    public double ClipFraction { get; private set; }

    public double MeanKl { get; private set; }

    /// <summary>Counts one token and gives the loss's derivative with respect to its log-probability.</summary>
    public double Token(double logProb, double old, double reference, double advantage)
    {
        double ratio = Math.Exp(logProb - old);
        double plain = ratio * advantage;
        double clipped = Math.Clamp(ratio, 1 - Clip, 1 + Clip) * advantage;
        double kl = Math.Exp(reference - logProb) - (reference - logProb) - 1;
        Loss += (-Math.Min(plain, clipped) + (KlCoefficient * kl)) / Tokens;
        ClipFraction += clipped < plain ? 1.0 / Tokens : 0;
        MeanKl += kl / Tokens;
        double policy = plain <= clipped ? -plain : 0;
        return (policy + (KlCoefficient * (1 - Math.Exp(reference - logProb)))) / Tokens;
    }
}
