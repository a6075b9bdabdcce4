namespace Reflexion;

/// <summary>Keeps lessons between trials and episodes (Shinn et al. 2023, section 3, the long-term memory), and their credit.</summary>
/// <remarks>
/// Thread-safe. A call that has completed is kept: a durable store has it on disk. Every implementation passes the same
/// conformance suite.
/// </remarks>
public interface IEpisodicMemory
{
    /// <summary>
    /// Files a lesson. One whose id is known is merged: its provenance is added, its credit kept; one that was retired is a candidate
    /// again, without credit.
    /// </summary>
    /// <param name="lesson">The lesson.</param>
    /// <param name="cancellationToken">Ends the wait; the lesson is then either filed whole or not at all.</param>
    /// <returns>The lesson as it now stands, with the provenances of all times it was learnt that the memory keeps; where near-duplicates are merged, it may be another one than was filed.</returns>
    ValueTask<Lesson> AddAsync(Lesson lesson, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds at most <see cref="LessonQuery.Limit"/> lessons in scope that are not retired: the most recently learnt ones, or with
    /// <see cref="LessonQuery.Text"/> the most relevant and useful ones.
    /// </summary>
    /// <param name="query">Scope, breadth, limit, and what it is about.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lessons, oldest or least relevant first, as they are put into a prompt.</returns>
    ValueTask<IReadOnlyList<Lesson>> RecallAsync(LessonQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes the credit ledger: first, with a null ΔG, when the lessons go into a trial's prompt; again, with the ΔG,
    /// when that trial has been scored. The second call for an episode and trial completes the first.
    /// </summary>
    /// <param name="use">Which lessons, which trial, what ΔG. Ids the memory no longer holds are ignored.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask RecordUseAsync(LessonUse use, CancellationToken cancellationToken = default);

    /// <summary>Keeps a rejected lesson where it is never recalled.</summary>
    /// <param name="lesson">The lesson and why it was rejected.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask QuarantineAsync(QuarantinedLesson lesson, CancellationToken cancellationToken = default);

    /// <summary>Reads everything, across all tenants: for audit, export and tests.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<MemorySnapshot> ExportAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds what another memory exported. What is already here is merged as in <see cref="AddAsync"/>, never doubled.</summary>
    /// <param name="snapshot">What to add.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask ImportAsync(MemorySnapshot snapshot, CancellationToken cancellationToken = default);
}
