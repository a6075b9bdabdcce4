using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Reflexion;

/// <summary>What an agent is asked to do. It carries everything the agent may see and nothing it may not.</summary>
/// <remarks>
/// The reference answer is deliberately absent: it travels in <see cref="EpisodeOptions.References"/> and reaches
/// evaluators only. Instances are immutable and safe to share between threads.
/// </remarks>
public sealed record AgentTask
{
    /// <summary>Creates a task.</summary>
    /// <param name="id">Identifies the task across episodes; lessons are filed under it. Not blank.</param>
    /// <param name="instruction">What to do, in words. Not blank.</param>
    /// <exception cref="ArgumentException">An argument is null, empty or white space.</exception>
    public AgentTask(string id, string instruction)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(instruction);
        Id = id;
        Instruction = instruction;
    }

    /// <summary>Identifies the task across episodes.</summary>
    public string Id { get; }

    /// <summary>What to do, in words.</summary>
    public string Instruction { get; }

    /// <summary>Material the task comes with (paragraphs, a document), or null. Treated as untrusted text.</summary>
    public string? Context { get; init; }

    /// <summary>Labels for the caller's own use; never put into a prompt.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Makes a task whose id is derived from its instruction, so that asking the same thing again finds its lessons.</summary>
    /// <param name="instruction">What to do, in words. Not blank.</param>
    /// <returns>A task whose id is the first 16 hexadecimal digits of the instruction's SHA-256.</returns>
    /// <exception cref="ArgumentException">The instruction is null, empty or white space.</exception>
    public static AgentTask FromInstruction(string instruction)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instruction);
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instruction)).AsSpan(0, 8)), instruction);
    }
}
