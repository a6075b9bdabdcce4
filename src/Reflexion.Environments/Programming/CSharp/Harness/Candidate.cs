using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;

namespace Reflexion.Harness;

/// <summary>Holds the solution, and does what the checker asks of it.</summary>
internal sealed class Candidate
{
    private JsonDocument? _program;
    private AssemblyLoadContext? _context;
    private Assembly? _solution;

    internal void Serve()
    {
        while (true)
        {
            (char kind, byte[] body) = Frames.Receive();
            if (kind == 'P')
            {
                _program = JsonDocument.Parse(body);
            }
            else if (kind == 'C')
            {
                Answer(body);
            }
        }
    }

    private void Answer(byte[] body)
    {
        try
        {
            using JsonDocument request = JsonDocument.Parse(body);
            if (request.RootElement.GetProperty("call").GetString() is { } name)
            {
                Call(name, request.RootElement.GetProperty("args"));
            }
            else
            {
                // A fresh load has fresh static state.
                _context?.Unload();
                _context = Host.Load(_program!.RootElement, out _solution);
                Frames.Send('R', json => json.WriteNull("value"));
            }
        }
        catch (Exception wrong)
        {
            Frames.Send('R', json => Raised(json, wrong));
        }
    }

    private void Call(string name, JsonElement given)
    {
        MethodInfo method = Find(name, given.GetArrayLength());
        ParameterInfo[] parameters = method.GetParameters();
        object?[] arguments = new object?[parameters.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Codec.Read(given[i], parameters[i].ParameterType);
        }

        object? target = method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!);
        object? value = method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        Frames.Send('R', json =>
        {
            json.WritePropertyName("value");
            Codec.Write(json, value, 0);
            json.WriteStartArray("args");
            foreach (object? argument in arguments)
            {
                // What a solution cannot change need not come back.
                Codec.Write(json, Codec.CanChange(argument) ? argument : null, 0);
            }

            json.WriteEndArray();
        });
    }

    private MethodInfo Find(string name, int count)
    {
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (Type type in _solution!.GetTypes())
        {
            foreach (MethodInfo method in type.GetMethods(Any))
            {
                if (method.Name == name && !method.ContainsGenericParameters && method.GetParameters().Length == count)
                {
                    return method;
                }
            }
        }

        throw new MissingMethodException($"The program has no method {name} with {count} parameters.");
    }

    private static void Raised(Utf8JsonWriter json, Exception wrong)
    {
        json.WriteStartArray("raised");
        for (Type? type = wrong.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            json.WriteStringValue(type.FullName);
        }

        json.WriteEndArray();
        json.WriteString("message", Show.Clip(Message(wrong)));
        json.WriteNumber("line", LineOf(wrong));
    }

    private static string Message(Exception wrong)
    {
        try
        {
            return wrong.Message;
        }
        catch (Exception)
        {
            return "";
        }
    }

    private static int LineOf(Exception wrong)
    {
        foreach (StackFrame frame in new StackTrace(wrong, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetFileName() == "solution.cs")
            {
                return frame.GetFileLineNumber();
            }
        }

        return 0;
    }
}
