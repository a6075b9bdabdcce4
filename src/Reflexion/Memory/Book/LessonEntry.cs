namespace Reflexion;

/// <summary>A lesson with its places on the shelves.</summary>
internal sealed class LessonEntry
{
    public LessonEntry(Lesson lesson, long rank)
    {
        Lesson = lesson;
        Rank = rank;
        OfTask = new(this);
        OfAgent = new(this);
        OfTenant = new(this);
    }

    public Lesson Lesson { get; set; }

    /// <summary>Its place in the order of first learning.</summary>
    public long Rank { get; }

    /// <summary>Its place in the order of last learning.</summary>
    public long Recency { get; set; }

    public LinkedListNode<LessonEntry> OfTask { get; }

    public LinkedListNode<LessonEntry> OfAgent { get; }

    public LinkedListNode<LessonEntry> OfTenant { get; }
}
