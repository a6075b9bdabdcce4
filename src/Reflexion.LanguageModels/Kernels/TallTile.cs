namespace Reflexion.LanguageModels;

/// <summary>Up to twelve rows of two vectors, for machines with 32 vector registers.</summary>
internal readonly unsafe struct TallTile<TVector, T, TSimd> : ITile<T>
    where TVector : struct
    where T : unmanaged
    where TSimd : ISimd<TVector, T>
{
    public static int Rows => 12;

    public static int Columns => 2 * TSimd.Width;

    public static void Multiply(TilePanel<T>* panel, int rows, T* a, T* c, nint stride, bool accumulate)
    {
        if (rows > 8)
        {
            TwelveRows<TVector, T, TSimd>.Multiply(panel, a, Rows, c, stride, accumulate);
        }
        else if (rows > 4)
        {
            EightRows<TVector, T, TSimd>.Multiply(panel, a, Rows, c, stride, accumulate);
        }
        else
        {
            FourRows<TVector, T, TSimd>.Multiply(panel, a, Rows, c, stride, accumulate);
        }
    }

    public static void Pack(T* source, bool isAlong, nint stride, int count, int depth, int width, T* destination) =>
        Packing<TVector, T, TSimd>.Pack(source, isAlong, stride, count, depth, width, destination);

    public static void PackAcross(T* source, nint stride, int panels, nint panelSize, int depth, T* destination) =>
        Packing<TVector, T, TSimd>.PackAcross(source, stride, panels, panelSize, depth, Rows, destination);
}
