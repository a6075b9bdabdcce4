namespace Reflexion;

/// <summary>What a self-reflector is asked to write.</summary>
public enum ReflectorFormat
{
    /// <summary>A JSON object that tells root cause, plan and lesson apart. A reply that is none is taken as prose.</summary>
    Structured,

    /// <summary>A few sentences of prose, as in the papers; for models that write JSON badly.</summary>
    Plain,
}
