namespace Reflexion.Environments;

/// <summary>What the last name of a command stands for.</summary>
internal enum VerbTarget
{
    None,
    Receptacle,
    Object,
}
