using Reflexion.Retroformer;

namespace Reflexion.Tests;

public sealed class RetrospectiveTrainerOptionsTests
{
    public static TheoryData<string, RetrospectiveTrainerOptions> Faults => new()
    {
        { "RefinementsPerFailure is at least 2 and at most 256.", new() { RefinementsPerFailure = 1 } },
        { "RefinementsPerFailure is at least 1 and at most 256.", new() { RefinementsPerFailure = 0, Objective = PolicyObjective.Ppo } },
        { "FailuresPerUpdate is at least 1", new() { FailuresPerUpdate = 0 } },
        { "Updates is at least 1", new() { Updates = 0 } },
        { "EpochsPerBatch is at least 1", new() { EpochsPerBatch = 0 } },
        { "FailuresPerStep is at least 0", new() { FailuresPerStep = -1 } },
        { "MaxRefinementTokens is at least 1", new() { MaxRefinementTokens = 0 } },
        { "NullRetries is at least 1", new() { NullRetries = 0 } },
        { "EvaluateEvery is at least 1", new() { EvaluateEvery = 0 } },
        { "HeldOutFailures is at least 1", new() { HeldOutFailures = 0 } },
        { "Patience is at least 0", new() { Patience = -1 } },
        { "MaxConcurrentRetries is at least 1", new() { MaxConcurrentRetries = 0 } },
        { "CheckpointEvery is at least 1", new() { CheckpointEvery = 0 } },
        { "KlCoefficient is a finite number, at least 0.", new() { KlCoefficient = -1 } },
        { "EntropyCoefficient is a finite number, at least 0.", new() { EntropyCoefficient = double.NaN } },
        { "ValueCoefficient is a finite number, at least 0.", new() { ValueCoefficient = double.PositiveInfinity } },
        { "CostPerToken is a finite number, at least 0.", new() { CostPerToken = -0.1 } },
        { "Clip is in (0, 1).", new() { Clip = 1 } },
        { "Discount is in [0, 1].", new() { Discount = 1.1 } },
        { "Lambda is in [0, 1].", new() { Lambda = -0.1 } },
        { "Temperature is above 0", new() { Temperature = 0 } },
        { "MaxImportanceWeight is at least 1.", new() { MaxImportanceWeight = 0.5 } },
        { "MaxKl is above 0, or null.", new() { MaxKl = 0 } },
        { "Objective is one of the objectives.", new() { Objective = (PolicyObjective)9 } },
        { "KlPlace is one of the places.", new() { KlPlace = (KlPlace)9 } },
        { "StaleSamples is one of the ways.", new() { StaleSamples = (StaleSamples)9 } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Options_out_of_range_are_refused(string message, RetrospectiveTrainerOptions options) =>
        options.Invoking(it => it.Validate()).Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*");

    [Fact]
    public void The_defaults_are_sound() => new RetrospectiveTrainerOptions().Invoking(it => it.Validate()).Should().NotThrow();
}
