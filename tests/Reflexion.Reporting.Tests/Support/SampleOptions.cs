namespace Reflexion.Tests;

/// <summary>What sort of experiment <see cref="ExperimentSamples"/> makes.</summary>
public sealed record SampleOptions
{
    public int Seed { get; init; } = 7;

    public int Tasks { get; init; } = 24;

    public int Trials { get; init; } = 5;

    public int Seeds { get; init; } = 2;

    public string[] Arms { get; init; } = ["retry", "last attempt", "reflexion"];

    /// <summary>How many steps a trial takes at most.</summary>
    public int Steps { get; init; } = 6;

    /// <summary>How many words an observation has.</summary>
    public int Words { get; init; } = 30;

    /// <summary>Whether all text that models, tools and tasks bring holds <see cref="ExperimentSamples.HostileTexts"/>.</summary>
    public bool Hostile { get; init; }

    public bool HeldOut { get; init; } = true;
}
