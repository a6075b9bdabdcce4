using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Reflexion.Tests;

/// <summary>A tool that is no local method: a schema and a function of the arguments.</summary>
internal sealed class RawFunction(string name, JsonElement schema, Func<AIFunctionArguments, object?> invoke) : AIFunction
{
    public override string Name => name;

    public override JsonElement JsonSchema => schema;

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new(invoke(arguments));
}
