namespace Reflexion.LanguageModels;

/// <summary>Work on numbers that falls apart into units (mostly rows), written once for all widths of vectors.</summary>
/// <typeparam name="TSelf">The job: its own arguments.</typeparam>
/// <typeparam name="T">The numbers.</typeparam>
internal unsafe interface IRowJob<TSelf, T>
    where TSelf : unmanaged, IRowJob<TSelf, T>
    where T : unmanaged
{
    /// <summary>Does the units <paramref name="first"/> .. <paramref name="end"/> − 1.</summary>
    static abstract void Run<TVector, TSimd>(TSelf* job, int first, int end)
        where TVector : struct
        where TSimd : ISimd<TVector, T>;
}
