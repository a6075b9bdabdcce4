namespace Reflexion.Tests;

/// <summary>The ways in which a project file can refer to other code.</summary>
internal enum ReferenceKind
{
    Project,
    Package,
    Framework,
    Assembly,
    Import,
    Internals,
}
