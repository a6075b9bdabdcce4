using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Reflexion.Tests;

/// <summary>Writes what users of an assembly can see: a line a type, a line a member, in an order that does not depend on the source.</summary>
internal static class PublicApiRenderer
{
    private static readonly SymbolDisplayFormat Signature = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters
            | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        extensionMethodStyle: SymbolDisplayExtensionMethodStyle.StaticMethod,
        parameterOptions: SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    private static readonly SymbolDisplayFormat QualifiedSignature =
        new(
            globalNamespaceStyle: Signature.GlobalNamespaceStyle,
            typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
            genericsOptions: Signature.GenericsOptions,
            delegateStyle: Signature.DelegateStyle,
            parameterOptions: Signature.ParameterOptions,
            miscellaneousOptions: Signature.MiscellaneousOptions);

    private static readonly string[] TellingAttributes =
        ["ObsoleteAttribute", "ExperimentalAttribute", "FlagsAttribute", "RequiresUnreferencedCodeAttribute", "RequiresDynamicCodeAttribute"];

    public static string Render(string assembly)
    {
        CSharpCompilation compilation = CSharpCompilation.Create("api", references: TrustedAssemblies.References);
        IAssemblySymbol symbol = compilation.SourceModule.ReferencedAssemblySymbols.Single(candidate => candidate.Name == assembly);
        IEnumerable<string> types = TypesIn(symbol.GlobalNamespace).Where(IsVisible)
            .OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal)
            .Select(type => string.Concat(Members(type).Select(member => $"    {member}\n").Prepend($"{Header(type)}\n")));
        return string.Join('\n', types);
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? TypesIn(type).Prepend(type) : TypesIn(member));

    private static IEnumerable<string> Members(INamedTypeSymbol type)
    {
        IEnumerable<ISymbol> members = type.TypeKind == TypeKind.Delegate ? [] : type.GetMembers().Where(IsWritten);
        IEnumerable<(string Name, string Line)> lines =
            members.Select(member => (member.Name, Attributes(member) + Access(member) + member.ToDisplayString(Signature)));
        return (type.TypeKind == TypeKind.Enum ? lines : lines.OrderBy(line => line.Name, StringComparer.Ordinal).ThenBy(line => line.Line, StringComparer.Ordinal))
            .Select(line => line.Line);
    }

    /// <summary>Whether a user can see a member that somebody wrote: not an accessor, and not what a record brings along.</summary>
    private static bool IsWritten(ISymbol member) =>
        IsVisible(member)
        && member is not INamedTypeSymbol
        && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }
        && member is not IPropertySymbol { Name: "EqualityContract" }
        && !(member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0, ContainingType.TypeKind: TypeKind.Struct or TypeKind.Enum })
        && !member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CompilerGeneratedAttribute");

    private static bool IsVisible(ISymbol? symbol) => symbol switch
    {
        null or INamespaceSymbol => true,
        { DeclaredAccessibility: Accessibility.Public } => IsVisible(symbol.ContainingType),
        { DeclaredAccessibility: Accessibility.Protected or Accessibility.ProtectedOrInternal } => symbol.ContainingType is { IsSealed: false } outer && IsVisible(outer),
        _ => false,
    };

    private static string Header(INamedTypeSymbol type)
    {
        string inherits = type.TypeKind is TypeKind.Enum or TypeKind.Delegate ? "" : string.Join(", ", Parents(type));
        string colon = inherits.Length == 0 ? "" : " : ";
        return $"{Attributes(type)}{Access(type)}{Kind(type)}{type.ToDisplayString(QualifiedSignature)}{colon}{inherits}";
    }

    private static string Kind(INamedTypeSymbol type) => type.TypeKind switch
    {
        TypeKind.Interface => "interface ",
        TypeKind.Enum => "enum ",
        TypeKind.Delegate => "delegate ",
        TypeKind.Struct => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref struct " : "struct "),
        _ => (type.IsStatic ? "static " : type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "") + (type.IsRecord ? "record " : "class "),
    };

    /// <summary>The base type, then the interfaces; a record's equality with itself goes without saying.</summary>
    private static IEnumerable<string> Parents(INamedTypeSymbol type)
    {
        IEnumerable<INamedTypeSymbol> bases = type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: SpecialType.None } parent } ? [parent] : [];
        IEnumerable<INamedTypeSymbol> interfaces = type.Interfaces.Where(IsVisible)
            .Where(candidate => !(type.IsRecord && candidate is { Name: "IEquatable", TypeArguments: [var self] } && SymbolEqualityComparer.Default.Equals(self, type)));
        return bases.Select(Text).Concat(interfaces.Select(Text).Order(StringComparer.Ordinal));

        static string Text(INamedTypeSymbol symbol) => symbol.ToDisplayString(Signature);
    }

    private static string Access(ISymbol symbol) => symbol switch
    {
        { ContainingType.TypeKind: TypeKind.Interface or TypeKind.Enum } and not INamedTypeSymbol => "",
        { DeclaredAccessibility: Accessibility.Public } => symbol is INamedTypeSymbol ? "public " : "",
        _ => "protected ",
    };

    private static string Attributes(ISymbol symbol) =>
        string.Concat(symbol.GetAttributes().Where(attribute => TellingAttributes.Contains(attribute.AttributeClass?.Name))
            .Select(attribute => attribute.ToString()).Order(StringComparer.Ordinal).Select(attribute => $"[{attribute}] "));
}
