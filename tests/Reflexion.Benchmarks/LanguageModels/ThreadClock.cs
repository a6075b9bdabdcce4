using System.Runtime.InteropServices;

namespace Reflexion.Benchmarks;

/// <summary>Processor time of the calling thread on Linux.</summary>
internal static unsafe class ThreadClock
{
    private const int ThreadProcessorTime = 3;

    private static readonly delegate* unmanaged<int, long*, int> Read =
        (delegate* unmanaged<int, long*, int>)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "clock_gettime");

    public static double Seconds
    {
        get
        {
            long* time = stackalloc long[2];
            Read(ThreadProcessorTime, time);
            return time[0] + (time[1] * 1e-9);
        }
    }
}
