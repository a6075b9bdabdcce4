using System.Reflection;

namespace Reflexion.Tests;

/// <summary>The rules that every public type keeps, and how a type breaks them.</summary>
internal static class ApiConventions
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] CollidingNames = ["Task", "Environment", "Memory", "Reflection", "Reflexion", "IEvaluator", "EvaluationResult"];

    private static readonly string[] HostNamespaces = ["Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.AI"];

    private static readonly Type[] AsyncResults = [typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>)];

    public static IEnumerable<string> Violations(Type type) =>
        [.. Naming(type), .. Sealing(type), .. StaticState(type), .. type.GetMethods(Declared).SelectMany(Cancellation)];

    private static IEnumerable<string> Naming(Type type)
    {
        if (CollidingNames.Contains(type.Name))
        {
            yield return $"{type} has a name that collides with one users already know; choose another.";
        }

        if (type.IsAssignableTo(typeof(Exception)) != type.Name.EndsWith("Exception", StringComparison.Ordinal))
        {
            yield return $"{type}: an exception, and nothing else, is called one.";
        }

        if (!NamespacesOf(type).Contains(type.Namespace))
        {
            yield return $"{type} lies in the namespace {type.Namespace}; users look for it in {string.Join(" or ", NamespacesOf(type))}.";
        }
    }

    /// <summary>Extensions may also lie where users of what they extend have a using already.</summary>
    private static string[] NamespacesOf(Type type) =>
        [type.Assembly.GetName().Name!, "Reflexion", .. type is { IsAbstract: true, IsSealed: true } ? HostNamespaces : []];

    /// <summary>A class is meant to be derived from if it is abstract, or if the package itself does so.</summary>
    private static IEnumerable<string> Sealing(Type type)
    {
        bool isMeant = type.IsAbstract || type.Assembly.GetExportedTypes().Any(other => other.BaseType == type);
        if (type is { IsClass: true, IsSealed: false } && !isMeant)
        {
            yield return $"{type} is open to inheritance that it was not designed for; seal it.";
        }
    }

    private static IEnumerable<string> StaticState(Type type)
    {
        IEnumerable<string> fields = type.GetFields(Declared)
            .Where(field => field is { IsPublic: true, IsStatic: true, IsInitOnly: false, IsLiteral: false }).Select(field => field.Name);
        IEnumerable<string> properties = type.GetProperties(Declared)
            .Where(property => property.SetMethod is { IsPublic: true, IsStatic: true }).Select(property => property.Name);
        return fields.Concat(properties).Select(name => $"{type}.{name} is static and can be changed; run state travels in arguments.");
    }

    private static IEnumerable<string> Cancellation(MethodInfo method)
    {
        bool isOurs = (method.IsPublic || method.IsFamily) && method.GetBaseDefinition().DeclaringType!.Assembly == method.DeclaringType!.Assembly;
        bool isDisposal = method is { Name: nameof(IAsyncDisposable.DisposeAsync) };
        if (isOurs && !isDisposal && IsAsync(method.ReturnType) && method.GetParameters() is not [.., { ParameterType.FullName: "System.Threading.CancellationToken" }])
        {
            yield return $"{method.DeclaringType}.{method.Name} is asynchronous; its last parameter must be a CancellationToken.";
        }
    }

    private static bool IsAsync(Type result) =>
        result == typeof(Task) || result == typeof(ValueTask) || (result.IsGenericType && AsyncResults.Contains(result.GetGenericTypeDefinition()));
}
