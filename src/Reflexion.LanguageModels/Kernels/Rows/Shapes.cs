using System.Diagnostics;

namespace Reflexion.LanguageModels;

/// <summary>What kernels on rows ask of their arguments; checked in debug builds, since layers give them the same shapes again and again.</summary>
internal static class Shapes
{
    [Conditional("DEBUG")]
    public static void Same<T>(Matrix<T> expected, Matrix<T> actual)
        where T : unmanaged
    {
        Debug.Assert(!expected.IsTransposed && !actual.IsTransposed, "Kernels on rows take matrices as they are stored.");
        Debug.Assert(expected.Rows == actual.Rows && expected.Columns == actual.Columns, "The matrices have different shapes.");
    }
}
