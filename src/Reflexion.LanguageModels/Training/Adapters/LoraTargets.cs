namespace Reflexion.LanguageModels;

/// <summary>The matrices of every layer that an adapter changes; combine them with <c>|</c>.</summary>
[Flags]
public enum LoraTargets
{
    /// <summary>None; not enough for an adapter.</summary>
    None = 0,

    /// <summary>The queries (<c>q_proj</c>).</summary>
    Query = 1,

    /// <summary>The keys (<c>k_proj</c>).</summary>
    Key = 2,

    /// <summary>The values (<c>v_proj</c>).</summary>
    Value = 4,

    /// <summary>The attention's output (<c>o_proj</c>).</summary>
    Output = 8,

    /// <summary>The feed-forward layer's gate (<c>gate_proj</c>).</summary>
    Gate = 16,

    /// <summary>The feed-forward layer's input (<c>up_proj</c>).</summary>
    Up = 32,

    /// <summary>The feed-forward layer's output (<c>down_proj</c>).</summary>
    Down = 64,

    /// <summary>The four matrices of attention.</summary>
    Attention = Query | Key | Value | Output,

    /// <summary>The three matrices of the feed-forward layer.</summary>
    FeedForward = Gate | Up | Down,

    /// <summary>All seven.</summary>
    All = Attention | FeedForward,
}
