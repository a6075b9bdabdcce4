namespace Reflexion.Environments;

/// <summary>A <see cref="Treatment"/> in numbers.</summary>
/// <param name="Does">For each receptacle, whether it does it.</param>
/// <param name="Needs">The row of the facts with the objects that allow it.</param>
/// <param name="Gives">The row of the state that the object joins.</param>
/// <param name="Ends">The row of the state that the object leaves, or null.</param>
internal sealed record HouseholdTool(bool[] Does, int Needs, int Gives, int? Ends);
