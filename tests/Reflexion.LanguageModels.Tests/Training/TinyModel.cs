using Reflexion.LanguageModels;

namespace Reflexion.Tests;

/// <summary>A small model for tests of what users call.</summary>
internal static class TinyModel
{
    public static TransformerConfig Config { get; } = TinyTraining.Config with { VocabularySize = 40, HiddenSize = 16, IntermediateSize = 24, ContextLength = 16 };

    public static TrainingBatch Batch { get; } = new(TinyTraining.Sequences);

    /// <summary>A mean log-probability that only a model which knows the batch reaches. Three of the ten tokens follow one prompt, so that each can have a third: −0.33 at best.</summary>
    public const double NearlyLearnt = -0.4;

    public static ModelWeights Create() => ModelWeights.Create(Config, seed: 7, deviation: 0.3);

    /// <summary>One step of maximum likelihood.</summary>
    public static UpdateReport Step(ModelTrainer trainer, TrainingBatch? batch = null)
    {
        TrainingPass pass = trainer.Forward(batch ?? Batch);
        Likelihood(pass, pass.Batch.ResponseTokenCount);
        trainer.Backward(pass);
        return trainer.Update();
    }

    public static void Likelihood(TrainingPass pass, int tokens)
    {
        for (int i = 0; i < pass.Batch.Sequences.Length; i++)
        {
            pass.LogProbGradients(i).Fill(-1f / tokens);
        }
    }

    public static double MeanLogProb(ModelTrainer trainer) => trainer.Score(Batch).SelectMany(score => score.LogProbs).Average();
}
