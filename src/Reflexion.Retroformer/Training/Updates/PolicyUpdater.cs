using System.Collections.Immutable;
using Reflexion.LanguageModels;

namespace Reflexion.Retroformer;

/// <summary>Goes through a batch in epochs and steps, and updates the policy.</summary>
internal sealed class PolicyUpdater(ModelTrainer policy, RetrospectiveTrainerOptions options)
{
    public UpdateMetrics Update(ScoredBatch batch, SeedTree seeds, CancellationToken cancellationToken)
    {
        var figures = new StepFigures();
        for (int epoch = 0; epoch < options.EpochsPerBatch && batch.Groups.Length > 0; epoch++)
        {
            ImmutableArray<ScoredSample>[] order = [.. batch.Groups];
            seeds.At(epoch).Random().Shuffle(order);
            foreach (ImmutableArray<ScoredSample>[] groups in order.Chunk(options.FailuresPerStep == 0 ? order.Length : options.FailuresPerStep))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Step([.. groups.SelectMany(group => group)], figures);
            }
        }

        return batch.Metrics with
        {
            Loss = figures.Loss,
            ClipFraction = figures.Policy.ClipFraction,
            MeanRatio = figures.Policy.MeanRatio,
            GradientNorm = figures.GradientNorm,
            Steps = figures.Steps,
        };
    }

    private void Step(ScoredSample[] samples, StepFigures figures)
    {
        var batch = new TrainingBatch(samples.Select(sample => sample.Sequence));
        double scale = 1.0 / batch.ResponseTokenCount;
        policy.Accumulate(batch, pass =>
        {
            for (int i = 0; i < pass.Batch.Sequences.Length; i++)
            {
                Add(samples[pass.Batch.Places[i]], pass, i, scale, figures);
            }
        });
        figures.Add(policy.Update());
    }

    private void Add(ScoredSample sample, TrainingPass pass, int i, double scale, StepFigures figures)
    {
        figures.Add(PolicyTerm(sample, pass, i, scale));
        if (options.KlPlace == KlPlace.Loss && options.KlCoefficient > 0)
        {
            figures.Add(KullbackLeibler.WeightedK3(
                pass.LogProbs(i), sample.Sampled.AsSpan(), sample.Reference.AsSpan(), options.KlCoefficient, scale, pass.LogProbGradients(i)).Loss);
        }

        if (options.EntropyCoefficient > 0)
        {
            figures.Add(PolicyLoss.EntropyBonus(pass.Entropies(i), options.EntropyCoefficient, scale, pass.EntropyGradients(i)).Loss);
        }

        if (sample.Returns.Length > 0)
        {
            figures.Add(ValueLoss.Squared(pass.Values(i), sample.Returns, options.ValueCoefficient, scale, pass.ValueGradients(i)).Loss);
        }
    }

    private PolicyLossReport PolicyTerm(ScoredSample sample, TrainingPass pass, int i, double scale)
    {
        if (options.Objective.Clips())
        {
            return PolicyLoss.Clipped(pass.LogProbs(i), sample.Sampled.AsSpan(), sample.Advantages, scale, pass.LogProbGradients(i), options.Clip);
        }

        // Fresh samples, too, are of an older policy after the first step.
        bool isOnPolicy = !sample.IsStale && options.EpochsPerBatch == 1 && options.FailuresPerStep == 0;
        return PolicyLoss.PolicyGradient(
            pass.LogProbs(i), sample.Sampled.AsSpan(), sample.Advantages, scale, pass.LogProbGradients(i),
            isOnPolicy ? ImportanceWeighting.None : ImportanceWeighting.Token, options.MaxImportanceWeight);
    }
}
