using System.Xml.Linq;

namespace Reflexion.Tests;

/// <summary>One reference of a project file. A private one is for the build alone and does not reach users.</summary>
internal sealed record ProjectFileReference(ReferenceKind Kind, string Name, bool IsPrivate = false)
{
    public static IEnumerable<ProjectFileReference> AllIn(XElement file) =>
        file.DescendantsAndSelf().Select(Read).OfType<ProjectFileReference>();

    private static ProjectFileReference? Read(XElement element) => element.Name.LocalName switch
    {
        "ProjectReference" => new(ReferenceKind.Project, Path.GetFileNameWithoutExtension(Included(element).Replace('\\', '/'))),
        "PackageReference" => new(ReferenceKind.Package, Included(element), Setting(element, "PrivateAssets") == "all"),
        "FrameworkReference" => new(ReferenceKind.Framework, Included(element)),
        "Reference" => new(ReferenceKind.Assembly, Included(element)),
        "Import" => new(ReferenceKind.Import, Setting(element, "Project") ?? ""),
        "InternalsVisibleTo" => new(ReferenceKind.Internals, Included(element)),
        _ => null,
    };

    private static string Included(XElement element) => Setting(element, "Include") ?? Setting(element, "Update") ?? "";

    private static string? Setting(XElement element, string name) => element.Attribute(name)?.Value ?? element.Element(name)?.Value;
}
