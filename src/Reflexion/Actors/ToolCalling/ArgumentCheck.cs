using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion;

/// <summary>Finds out what is wrong with a call's arguments.</summary>
internal static class ArgumentCheck
{
    /// <summary>What can be told before the call: unreadable arguments, missing ones, unknown ones where the schema forbids them. Null where nothing is wrong.</summary>
    internal static string? Before(AIFunctionDeclaration function, FunctionCallContent call)
    {
        if (call.Exception is { } fault)
        {
            return $"they could not be read ({fault.GetBaseException().Message})";
        }

        JsonElement schema = function.JsonSchema;
        bool Has(string name) => call.Arguments?.ContainsKey(name) ?? false;
        IEnumerable<string> missing = ToolSignature.Required(schema).Where(name => !Has(name)).Select(name => $"'{name}' is missing");
        IEnumerable<string> unknown = Unknown(schema, call).Select(name => $"there is no '{name}'");
        return Join(missing.Concat(unknown));
    }

    /// <summary>
    /// What can be told after a local method's call failed: values that do not fit its parameters. Null where all do,
    /// and then the failure is the method's own.
    /// </summary>
    internal static string? After(AIFunction function, FunctionCallContent call) =>
        function.UnderlyingMethod is not { } method || call.Arguments is not { } arguments
            ? null
            : Join(method.GetParameters()
                .Where(parameter => arguments.ContainsKey(parameter.Name!) && !Fits(arguments[parameter.Name!], parameter, function.JsonSerializerOptions))
                .Select(parameter => $"'{parameter.Name}' is {Show(arguments[parameter.Name!])}, which is not {TypeOf(function.JsonSchema, parameter.Name!)}"));

    private static IEnumerable<string> Unknown(JsonElement schema, FunctionCallContent call)
    {
        bool closed = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("additionalProperties", out JsonElement more) && more.ValueKind == JsonValueKind.False;
        bool known = ToolSignature.TryGetObject(schema, "properties", out JsonElement properties);
        return closed && call.Arguments is { } arguments
            ? arguments.Keys.Where(name => !known || !properties.TryGetProperty(name, out _))
            : [];
    }

    private static bool Fits(object? value, ParameterInfo parameter, JsonSerializerOptions options)
    {
        // A null reaches the method as the parameter's default.
        if (value is null || parameter.ParameterType.IsInstanceOfType(value))
        {
            return true;
        }

        try
        {
            JsonElement element = value as JsonElement? ?? JsonSerializer.SerializeToElement(value, options.GetTypeInfo(value.GetType()));
            element.Deserialize(options.GetTypeInfo(parameter.ParameterType));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (NotSupportedException)
        {
            // The serializer does not know the type, so it can say nothing about the value.
            return true;
        }
    }

    private static string Show(object? value) => CompactJson.Write(new Dictionary<string, object?> { ["v"] = value })[5..^1];

    private static string TypeOf(JsonElement schema, string name) =>
        ToolSignature.TryGetObject(schema, "properties", out JsonElement properties) && properties.TryGetProperty(name, out JsonElement property)
            ? ToolSignature.TypeOf(property)
            : "what the tool takes";

    private static string? Join(IEnumerable<string> faults) => string.Join("; ", faults) is { Length: > 0 } text ? text : null;
}
