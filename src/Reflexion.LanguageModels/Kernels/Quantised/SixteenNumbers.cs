using System.Runtime.InteropServices;

namespace Reflexion.LanguageModels;

/// <summary>Sixteen neighbours in a row, as long as sixteen floats.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16 * sizeof(float))]
internal unsafe struct SixteenNumbers
{
    public fixed sbyte Numbers[16];
    public float Scale;
    public float Offset;
}
