namespace Reflexion;

/// <summary>The lessons of one tenant, by recency and by worth.</summary>
internal sealed class TenantShelf
{
    /// <summary>The lessons, least recently learnt first.</summary>
    public LinkedList<LessonEntry> ByRecency { get; } = new();

    /// <summary>The lessons in the order in which they give way.</summary>
    public SortedSet<LessonEntry> ByWorth { get; } = new(LessonOrder.ByWorth);

    /// <summary>The words of the lessons that can be recalled; null until a query needs them.</summary>
    public WordIndex? Words { get; set; }

    /// <summary>Largest shelf first, and of equal ones that with the least recently learnt lesson. For shelves that are not empty.</summary>
    public static Comparer<TenantShelf> BySize { get; } = Comparer<TenantShelf>.Create(static (x, y) =>
    {
        int order = y.ByRecency.Count.CompareTo(x.ByRecency.Count);
        return order != 0 ? order : x.ByRecency.First!.Value.Recency.CompareTo(y.ByRecency.First!.Value.Recency);
    });
}
