namespace Reflexion.Harness;

/// <summary>A value of a type of the program's own: equal to nothing but itself.</summary>
internal sealed class Opaque(string text)
{
    public override string ToString() => text;
}
