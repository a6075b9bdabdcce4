namespace Reflexion.LanguageModels;

/// <summary>Neighbouring rows of a pass that use the same adapter.</summary>
internal readonly record struct AdapterRun(AdapterTensors<float> Adapter, int First, int Count);
