using System.Text.Json;

namespace Reflexion;

/// <summary>The payload of a model call that was made.</summary>
internal sealed record ModelCall
{
    public required AgentComponent Component { get; init; }

    /// <summary>A hash of what was asked.</summary>
    public required string Request { get; init; }

    /// <summary>How often the same was asked before in this phase.</summary>
    public required int Occurrence { get; init; }

    /// <summary>Whether the held-out evaluator asked, which has a ledger of its own.</summary>
    public bool HeldOut { get; init; }

    /// <summary>What it used.</summary>
    public required ComponentUsage Usage { get; init; }

    /// <summary>The reply, as Microsoft.Extensions.AI writes it; null where there was none.</summary>
    public JsonElement? Response { get; init; }

    /// <summary>What was wrong with the arguments of the reply's function calls, in their order; null where nothing was.</summary>
    public string?[]? ArgumentFaults { get; init; }

    /// <summary>How it failed, or null.</summary>
    public RecordedFault? Fault { get; init; }

    /// <summary>Whether it was given up rather than failed; such a call is made again.</summary>
    public bool WasAbandoned { get; init; }
}
