namespace Reflexion;

/// <summary>Where one arm stands.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Completed">Episodes that are done.</param>
/// <param name="Total">Episodes in all.</param>
/// <param name="Solved">Those of the completed ones that are solved.</param>
/// <param name="Usage">What the completed ones used, held-out evaluation included.</param>
public sealed record ArmProgress(string Arm, int Completed, int Total, int Solved, ComponentUsage Usage);
