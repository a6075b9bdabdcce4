namespace Reflexion.Environments;

/// <summary>A piece of furniture or an appliance that objects lie on or in.</summary>
/// <param name="Name">What it is called in commands, such as <c>drawer 3</c>: a word, a space and a number from 1. Unique in its world.</param>
/// <param name="Type">What it is, such as <c>drawer</c>; one word.</param>
/// <param name="Location">Where one stands to use it, from 1. Several receptacles may share a location.</param>
public sealed record HouseholdReceptacle(string Name, string Type, int Location)
{
    /// <summary>Whether it can be opened and closed; closed, it hides what is in it. Default false.</summary>
    public bool IsOpenable { get; init; }

    /// <summary>Whether it is open at the start. Default false; only what is openable can be open.</summary>
    public bool IsOpen { get; init; }
}
