namespace Reflexion;

/// <summary>How a judge is held to its reply format. The prompt asks for JSON in every case.</summary>
public enum JudgeFormat
{
    /// <summary>By the prompt alone; works with every provider.</summary>
    Prompt,

    /// <summary>Also by the provider's JSON mode (<c>ChatResponseFormat.Json</c>).</summary>
    Json,

    /// <summary>Also by a JSON schema (<c>ChatResponseFormat.ForJsonSchema</c>), where the provider supports structured output.</summary>
    JsonSchema,
}
