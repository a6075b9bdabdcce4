using System.Globalization;

namespace Reflexion.LanguageModels;

/// <summary>All that decides what a training gives, in words: two trainings with the same words give the same numbers on the same data.</summary>
internal static class TrainingDescription
{
    public static string Of(TransformerConfig config, LoraOptions? adapter, TrainerOptions options)
    {
        AdamWOptions optimizer = options.Optimizer;
        LearningRateSchedule schedule = options.Schedule;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            vocabulary {config.VocabularySize}, width {config.HiddenSize}, feed-forward {config.IntermediateSize}, layers {config.LayerCount}, heads {config.HeadCount}/{config.KeyValueHeadCount} of {config.HeadSize}, rows {config.RotaryLayout}; {Of(adapter)}; AdamW rate {optimizer.LearningRate:R}, betas {optimizer.Beta1:R} {optimizer.Beta2:R}, epsilon {optimizer.Epsilon:R}, decay {optimizer.WeightDecay:R}, norm {optimizer.MaxGradientNorm:R}; schedule {schedule.Decay} {schedule.WarmupSteps} {schedule.TotalSteps} {schedule.Floor:R}; seed {options.Seed}{(options.Data.Length > 0 ? $"; data {options.Data}" : "")}
            """);
    }

    private static string Of(LoraOptions? adapter) => adapter is null
        ? "all parameters"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"adapter rank {adapter.Rank}, scale {adapter.Scale:R}, dropout {adapter.Dropout:R}, targets {adapter.Targets}{(adapter.HasValueHead ? ", value head" : string.Empty)}");
}
