namespace Reflexion;

/// <summary>The lessons of one tenant, by recency and by worth.</summary>
internal sealed class TenantShelf(int number)
{
    /// <summary>Tells shelves of equal size apart.</summary>
    public int Number { get; } = number;

    /// <summary>The lessons, least recently learnt first.</summary>
    public LinkedList<LessonEntry> ByRecency { get; } = new();

    /// <summary>The lessons in the order in which they give way.</summary>
    public SortedSet<LessonEntry> ByWorth { get; } = new(LessonOrder.ByWorth);

    /// <summary>Largest shelf first.</summary>
    public static Comparer<TenantShelf> BySize { get; } = Comparer<TenantShelf>.Create(static (x, y) =>
    {
        int order = y.ByRecency.Count.CompareTo(x.ByRecency.Count);
        return order != 0 ? order : x.Number.CompareTo(y.Number);
    });
}
