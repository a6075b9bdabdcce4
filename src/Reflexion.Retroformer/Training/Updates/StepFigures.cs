using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>Adds up the figures of an update's steps.</summary>
internal sealed class StepFigures
{
    private double _loss;
    private int _made;

    public PolicyLossReport Policy { get; private set; }

    /// <summary>Steps that were applied.</summary>
    public int Steps { get; private set; }

    public double GradientNorm { get; private set; }

    /// <summary>The mean loss of a step.</summary>
    public double Loss => _made == 0 ? 0 : (_loss + Policy.Loss) / _made;

    public void Add(PolicyLossReport report) => Policy += report;

    public void Add(double loss) => _loss += loss;

    public void Add(UpdateReport report)
    {
        _made++;
        Steps += report.IsApplied ? 1 : 0;
        GradientNorm = Math.Max(GradientNorm, report.GradientNorm);
    }
}
