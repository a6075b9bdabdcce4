using System.Numerics;
using System.Runtime.Intrinsics;

namespace Reflexion.LanguageModels;

/// <summary>Shares the units of a job out over a pool, with the widest vectors that the machine has.</summary>
/// <remarks>Which units a part gets follows from the job's shape alone, so that no result depends on the number of threads.</remarks>
internal static unsafe class RowJob
{
    // Numbers a part works on: some microseconds.
    private const long NumbersAPart = 16_384;

    /// <summary>Runs a job of that many units of about that many numbers each.</summary>
    public static void Run<TJob, T>(WorkerPool pool, TJob* job, int units, long numbersAUnit)
        where TJob : unmanaged, IRowJob<TJob, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pool.Vectors == VectorSet.Avx512)
        {
            Run<TJob, T, Vector512<T>, Avx512Simd<T>>(pool, job, units, numbersAUnit);
        }
        else if (pool.Vectors == VectorSet.Avx2)
        {
            Run<TJob, T, Vector256<T>, Avx2Simd<T>>(pool, job, units, numbersAUnit);
        }
        else
        {
            Run<TJob, T, Vector<T>, PortableSimd<T>>(pool, job, units, numbersAUnit);
        }
    }

    private static void Run<TJob, T, TVector, TSimd>(WorkerPool pool, TJob* job, int units, long numbersAUnit)
        where TJob : unmanaged, IRowJob<TJob, T>
        where T : unmanaged
        where TVector : struct
        where TSimd : ISimd<TVector, T>
    {
        int unitsAPart = (int)Math.Clamp(NumbersAPart / Math.Max(1, numbersAUnit), 1, Math.Max(1, units));
        var shared = new Shared<TJob> { Job = job, Units = units, UnitsAPart = unitsAPart };
        pool.Run(&RunPart<TJob, T, TVector, TSimd>, &shared, (units + unitsAPart - 1) / unitsAPart);
    }

    private static void RunPart<TJob, T, TVector, TSimd>(void* state, int part)
        where TJob : unmanaged, IRowJob<TJob, T>
        where T : unmanaged
        where TVector : struct
        where TSimd : ISimd<TVector, T>
    {
        var shared = (Shared<TJob>*)state;
        int first = part * shared->UnitsAPart;
        TJob.Run<TVector, TSimd>(shared->Job, first, Math.Min(first + shared->UnitsAPart, shared->Units));
    }

    private struct Shared<TJob>
        where TJob : unmanaged
    {
        public TJob* Job;
        public int Units;
        public int UnitsAPart;
    }
}
