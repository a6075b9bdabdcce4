using System.Runtime.InteropServices;
using Reflexion.LanguageModels;

namespace Reflexion.Benchmarks;

/// <summary>OpenBLAS, where it is installed: <c>apt-get install libopenblas0-openmp</c>.</summary>
internal sealed unsafe class OpenBlas
{
    private const int RowMajor = 101;
    private const int Plain = 111;
    private const int Transposed = 112;

    private readonly delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> _multiply;
    private readonly delegate* unmanaged<int, void> _setThreads;

    private OpenBlas(nint library)
    {
        _multiply = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)NativeLibrary.GetExport(library, "cblas_sgemm");
        _setThreads = (delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        var describe = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_config");
        var core = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, "openblas_get_corename");
        Description = $"{Marshal.PtrToStringUTF8((nint)describe())} on {Marshal.PtrToStringUTF8((nint)core())}";
    }

    /// <summary>Version, build and the processor whose kernels it took (OPENBLAS_CORETYPE chooses others).</summary>
    public string Description { get; }

    public static OpenBlas? Find() => NativeLibrary.TryLoad("libopenblas.so.0", out nint library) ? new OpenBlas(library) : null;

    public void SetThreads(int threads) => _setThreads(threads);

    public void Multiply(Matrix<float> a, Matrix<float> b, Matrix<float> c) =>
        _multiply(
            RowMajor,
            a.IsTransposed ? Transposed : Plain,
            b.IsTransposed ? Transposed : Plain,
            c.Rows,
            c.Columns,
            a.Columns,
            1,
            a.Pointer,
            a.Stride,
            b.Pointer,
            b.Stride,
            0,
            c.Pointer,
            c.Stride);
}
